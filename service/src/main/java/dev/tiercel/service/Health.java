package dev.tiercel.service;

/// The health of a component: whether it works, and a line for the operator.
///
/// @param detail one line, without secrets; empty if there is nothing to add
public record Health(boolean healthy, String detail) {
    private static final Health FINE = new Health(true, "");

    /// Healthy; nothing to add.
    public static Health fine() {
        return FINE;
    }

    /// Healthy; `detail` says what it is doing.
    public static Health fine(String detail) {
        return new Health(true, detail);
    }

    /// Unhealthy; `detail` says why and, if known, what to do.
    public static Health failing(String detail) {
        return new Health(false, detail);
    }

    /// This one if it is failing, else `next`: of several, the first that is failing.
    public Health and(Health next) {
        return healthy ? next : this;
    }
}
