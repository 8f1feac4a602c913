package dev.tiercel.collector.publish;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Notices that the broker does not answer: something has waited for [#LIMIT], and nothing was acknowledged since.
/// [#answered] and [#unreachable] may be called from any thread.
final class BrokerWatch {
    static final Duration LIMIT = Duration.ofSeconds(2);

    private static final long NONE = Long.MIN_VALUE;

    private final LongSupplier clock;
    private final LongSupplier epochNanos;
    private final AtomicLong answered = new AtomicLong(NONE);
    private volatile boolean unreachable;
    private long waitingSince = NONE;
    private long awaySince;

    /// @param clock monotonic nanoseconds
    /// @param epochNanos nanoseconds since the epoch
    BrokerWatch(LongSupplier clock, LongSupplier epochNanos) {
        this.clock = clock;
        this.epochNanos = epochNanos;
    }

    /// The broker acknowledged something.
    void answered() {
        unreachable = false;
        answered.set(clock.getAsLong());
    }

    /// The producer did not take something; that waits for an answer until there is one.
    void unreachable() {
        unreachable = true;
    }

    /// @param waiting whether anything that the producer took waits for an answer
    void update(boolean waiting) {
        long answer = answered.getAndSet(NONE);
        boolean open = waiting || unreachable;
        if (answer != NONE || !open) {
            awaySince = 0;
            waitingSince = open ? Math.max(answer, waitingSince) : NONE;
        } else if (waitingSince == NONE) {
            waitingSince = clock.getAsLong();
        } else if (awaySince == 0) {
            long waited = clock.getAsLong() - waitingSince;
            awaySince = waited >= LIMIT.toNanos() ? epochNanos.getAsLong() - waited : 0;
        }
    }

    boolean away() {
        return awaySince != 0;
    }

    /// Since when nothing was answered, nanoseconds since the epoch; 0: the broker answers.
    long awaySinceNanos() {
        return awaySince;
    }
}
