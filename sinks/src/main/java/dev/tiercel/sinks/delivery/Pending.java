package dev.tiercel.sinks.delivery;

import dev.tiercel.sinks.receiver.Notice;
import org.apache.kafka.common.TopicPartition;

/// A notice that has neither arrived nor been given up. Not thread-safe.
final class Pending {
    /// Partition of a summary, which comes from none.
    static final TopicPartition NOWHERE = new TopicPartition("", -1);

    private final Notice notice;
    private final TopicPartition from;
    private final long offset;
    private final byte[] value;
    private final long published;
    private int attempts;
    private int failuresAlone;
    private long deliveredBefore;
    private long firstAttempt;
    private long notBefore;

    /// @param value     of the alert's record
    /// @param published when it came to Kafka, milliseconds since the epoch
    Pending(Notice notice, TopicPartition from, long offset, byte[] value, long published) {
        this.notice = notice;
        this.from = from;
        this.offset = offset;
        this.value = value;
        this.published = published;
    }

    Notice notice() {
        return notice;
    }

    TopicPartition from() {
        return from;
    }

    long offset() {
        return offset;
    }

    byte[] value() {
        return value;
    }

    long published() {
        return published;
    }

    int attempts() {
        return attempts;
    }

    /// Failures after the receiver took others that came later, or with it.
    int failuresAlone() {
        return failuresAlone;
    }

    long firstAttempt() {
        return firstAttempt;
    }

    /// When it may be tried, milliseconds since the epoch.
    long notBefore() {
        return notBefore;
    }

    /// Not before `time`, whenever it may have been tried.
    void waitUntil(long time) {
        notBefore = Math.max(notBefore, time);
    }

    void tried(long now) {
        if (attempts++ == 0) firstAttempt = now;
    }

    /// It did not arrive, and others may have since the last time.
    ///
    /// @param delivered how many the receiver has taken by now; [Long#MIN_VALUE]: that says nothing of this one
    void failed(long delivered) {
        if (attempts > 1 && delivered > deliveredBefore) failuresAlone++;
        deliveredBefore = Math.max(deliveredBefore, delivered);
    }

    /// Whether others have arrived between its failures.
    boolean failsAlone() {
        return failuresAlone > 0;
    }
}
