package dev.tiercel.benchmarks.live;

import java.util.concurrent.TimeUnit;

/// When a thing is due that happens at a steady rate.
///
/// What is more than a tenth of a second late is left out: a machine that stood still gets no burst. Times are those
/// of [System#nanoTime].
final class Pace {
    /// No limit.
    static final long FASTEST = Long.MAX_VALUE;

    /// How much is due at once without a limit.
    private static final int BURST = 256;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MOST_LATE = SECOND / 10;

    private final double perSecond;
    private long start;
    private long done;

    /// @param perSecond the rate; 0: never
    Pace(long perSecond, long now) {
        this.perSecond = perSecond;
        this.start = now;
    }

    /// How many are due now; they count as done.
    int due(long now) {
        if (perSecond >= FASTEST) return BURST;
        skip(now);
        int due = (int) ((now - start) * perSecond / SECOND - done);
        done += due;
        return due;
    }

    private void skip(long now) {
        long late = now - start - (long) (done / Math.max(perSecond, 1e-9) * SECOND) - MOST_LATE;
        if (late > 0 && perSecond * MOST_LATE > SECOND) start += late;
    }

    /// Nanoseconds until the next is due.
    long nanosLeft(long now) {
        if (perSecond >= FASTEST) return 0;
        if (perSecond == 0) return Long.MAX_VALUE;
        return Math.max(0, (long) ((done + 1) / perSecond * SECOND) - (now - start));
    }
}
