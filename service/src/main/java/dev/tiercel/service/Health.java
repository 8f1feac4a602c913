package dev.tiercel.service;

/// The health of a component: whether it works, and a line for the operator.
///
/// @param detail one line, without secrets; empty if there is nothing to add
public record Health(boolean healthy, String detail) {
    private static final Health OK = new Health(true, "");

    /// What `detail` quotes from outside is neutralised: it is shown on terminals and in logs.
    public Health {
        detail = PlainText.line(detail);
    }

    /// Healthy; nothing to add.
    public static Health ok() {
        return OK;
    }

    /// Healthy; `detail` describes its activity.
    public static Health ok(String detail) {
        return new Health(true, detail);
    }

    /// Unhealthy; `detail` gives the cause and, if known, the fix.
    public static Health failing(String detail) {
        return new Health(false, detail);
    }

    /// This one if it is failing, else `next`: of several, the first that is failing.
    public Health and(Health next) {
        return healthy ? next : this;
    }
}
