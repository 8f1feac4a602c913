package dev.tiercel.correlation;

import org.jspecify.annotations.Nullable;

/// What a correlation has taken since a moment.
final class Spending {
    /// Watermark then; [Long#MIN_VALUE]: it was not known.
    long from = Long.MIN_VALUE;

    long matches;
    long nanos;

    @Nullable
    Quarantine quarantine;

    /// Span in which matches were dropped last.
    long missedFrom = Long.MIN_VALUE;

    long missedTo = Long.MIN_VALUE;

    /// Up to which those that it feeds know of it.
    long told = Long.MIN_VALUE;

    void begin(long watermark) {
        from = watermark;
        matches = 0;
        nanos = 0;
    }
}
