package dev.tiercel.correlation;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a correlation has taken lately.
final class Spending {
    /// Nanoseconds of events that are counted together.
    static final long SPAN = 10_000_000_000L;

    private static final int MOST_SPANS = 256;

    /// A measurement counts at most so many times the limit of its matches: one pause of the process is no slowness.
    private static final int CLIP = 4;

    /// Matches of the spans but that of the latest match.
    private final Map<Long, Long> others = new HashMap<>();

    @Nullable
    Quarantine quarantine;

    /// Watermark when the time of matches was begun to be measured; [Long#MIN_VALUE]: it was not known.
    long from = Long.MIN_VALUE;

    private long limit;
    private long span = Long.MIN_VALUE;
    private long inSpan;
    private long matches;
    private long nanos;

    /// @param mean nanoseconds of a match, the limit; 0: none
    void limit(long mean) {
        limit = mean;
    }

    /// Counts a match with the others of its time; returns how many there are, at least. Of times that are many, those
    /// with few matches are forgotten (Misra and Gries, 1982).
    long matched(long time) {
        matches++;
        long now = Math.floorDiv(time, SPAN);
        if (now != span) turnTo(now);
        return ++inSpan;
    }

    private void turnTo(long next) {
        if (inSpan > 0) others.put(span, inSpan);
        Long before = others.remove(next);
        span = next;
        inSpan = before == null ? 0 : before;
        if (others.size() < MOST_SPANS) return;
        others.replaceAll((other, matched) -> matched - 1);
        others.values().removeIf(left -> left == 0);
    }

    void took(int events, long time) {
        if (limit > 0) nanos += Math.min(time, limit * CLIP * Math.max(1, events));
    }

    /// Matches whose time was measured.
    long matches() {
        return matches;
    }

    /// Nanoseconds; 0: there were no matches.
    long mean() {
        return matches == 0 ? 0 : nanos / matches;
    }

    /// Begins to measure.
    void begin(long watermark) {
        from = watermark;
        matches = 0;
        nanos = 0;
    }

    /// Begins to count and to measure.
    void forget(long watermark) {
        begin(watermark);
        others.clear();
        inSpan = 0;
    }
}
