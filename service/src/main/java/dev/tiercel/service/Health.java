package dev.tiercel.service;

/// How a component is: whether it does its work, and a sentence for people.
///
/// @param detail one line, without secrets; empty: nothing to add
public record Health(boolean healthy, String detail) {
    private static final Health FINE = new Health(true, "");

    /// Works; nothing to add.
    public static Health fine() {
        return FINE;
    }

    /// Works; `detail` says what it does now.
    public static Health fine(String detail) {
        return new Health(true, detail);
    }

    /// Does not work; `detail` says why and, if known, what to do.
    public static Health failing(String detail) {
        return new Health(false, detail);
    }

    /// This one if it is failing, else `next`: of several, the first that is failing.
    public Health and(Health next) {
        return healthy ? next : this;
    }
}
