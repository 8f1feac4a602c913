package dev.tiercel.detector.correlate;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// How far the correlations that feed others have come: which of it is to be said now.
///
/// Each is a record for each pair of partitions of `matches`, so without recent matches they are said rarely. Used by
/// one task.
final class SettledClocks {
    /// Between two times without recent matches.
    static final Duration RARELY = Duration.ofSeconds(30);

    private final RecentMatches recent;
    private final Map<String, Long> unsaid = new HashMap<>();
    private long begun = Long.MIN_VALUE;

    SettledClocks(RecentMatches recent) {
        this.recent = recent;
    }

    /// A correlation has come to `time`; returns the times to say, by source.
    ///
    /// @param now milliseconds since the epoch
    Map<String, Long> due(String source, long time, long now) {
        unsaid.put(source, time);
        if (begun == Long.MIN_VALUE) begun = now;
        if (!recent.any(now) && now - begun < RARELY.toMillis()) return Map.of();
        Map<String, Long> due = Map.copyOf(unsaid);
        unsaid.clear();
        begun = Long.MIN_VALUE;
        return due;
    }
}
