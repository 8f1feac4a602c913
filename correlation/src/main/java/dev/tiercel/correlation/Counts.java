package dev.tiercel.correlation;

/// Counts for [CorrelationCounts].
final class Counts {
    long matches;
    long late;
    long duplicates;
    long dropped;
    long refused;
    long unconcluded;
    long alerts;
    long revisions;
    long timerNanos;

    CorrelationCounts snapshot(long keys, long bytes) {
        return new CorrelationCounts(
                matches, late, duplicates, dropped, refused, unconcluded, alerts, revisions, timerNanos, keys, bytes);
    }
}
