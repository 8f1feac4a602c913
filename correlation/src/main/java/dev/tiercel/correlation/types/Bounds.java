package dev.tiercel.correlation.types;

/// How much of a key is kept.
public final class Bounds {
    /// Matches of a key, of types that count.
    public static final int MATCHES = 20_000;
    /// Matches of a key and step, of types with steps.
    public static final int STEP_MATCHES = 1_000;
    /// Values of a key.
    static final int VALUES = 10_000;
    /// Events that an alert lists.
    public static final int LISTED = 1_000;
    /// Conditions evaluated in search of the evidence of one match.
    static final int SEARCH = 10_000;
    /// Alerts of a key that `suppress` may still have to reorder.
    public static final int FOLDED = 256;
    /// Alerts whose events a closing record lists.
    public static final int SAMPLE = 20;
    /// Gaps of a source that are told apart.
    public static final int GAPS = 1_000;

    private Bounds() {}

    /// `time` + `span`, or the end of time.
    public static long plus(long time, long span) {
        return time > Long.MAX_VALUE - span ? Long.MAX_VALUE : time + span;
    }

    /// `time` - `span`, or the beginning of time.
    public static long minus(long time, long span) {
        return time < Long.MIN_VALUE + span ? Long.MIN_VALUE : time - span;
    }
}
