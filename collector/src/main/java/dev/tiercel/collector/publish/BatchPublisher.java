package dev.tiercel.collector.publish;

import dev.tiercel.collector.batch.Batch;
import java.time.Duration;

/// Publishes finished batches and heartbeats. Single-threaded, except for [#close].
public interface BatchPublisher extends AutoCloseable {
    /// Accepts a batch; false: no room now, offer the same batch again later.
    boolean offer(Batch batch);

    /// Sends a heartbeat, a SensorReport in Confluent's wire format; it may be lost.
    void report(byte[] report);

    /// Takes note of acknowledgements and sends what waits; called in each duty cycle.
    default void poll() {}

    /// Whether [#poll] has batches to send that wait on disk.
    default boolean hasUnsent() {
        return false;
    }

    /// What became of the accepted batches so far.
    DeliveryCounts counts();

    /// What waits for the broker now.
    default Waiting waiting() {
        return Waiting.NOTHING;
    }

    /// Since when the broker has not answered though something waits for it, nanoseconds since the epoch; 0: it
    /// answers.
    default long awaySinceNanos() {
        return 0;
    }

    /// Waits until everything accepted is acknowledged, has failed, or waits on disk for a broker that is away; at most
    /// `timeout`.
    void flush(Duration timeout);

    /// Waits a few seconds for acknowledgements; what is then outstanding is left on disk for the next run, and without
    /// a spool counts as failed.
    @Override
    void close();

    /// Counts of what was accepted: `accepted = acknowledged + failed + spoolFull + spoolDamaged + waiting`.
    ///
    /// @param events acknowledged
    /// @param failedEvents refused by the broker, or outstanding at [#close]
    /// @param batches acknowledged
    /// @param bytes of the acknowledged batches, before compression
    /// @param spoolFull events removed from the spool to make room
    /// @param spoolDamaged events in spool files that cannot be read
    /// @param inheritedEvents of an earlier run, acknowledged in this one; in none of the above
    /// @param inheritedLost events of an earlier run that were lost
    record DeliveryCounts(
            long events,
            long failedEvents,
            long batches,
            long bytes,
            long spoolFull,
            long spoolDamaged,
            long inheritedEvents,
            long inheritedLost) {
        /// Counts of a publisher without a spool.
        public DeliveryCounts(long events, long failedEvents, long batches, long bytes) {
            this(events, failedEvents, batches, bytes, 0, 0, 0, 0);
        }

        /// Events of this run that were lost after they were accepted.
        public long lost() {
            return failedEvents + spoolFull + spoolDamaged;
        }
    }

    /// What waits for the broker.
    ///
    /// @param events accepted in this run, in flight or on disk
    /// @param bytes in flight, before compression
    /// @param spooledEvents on disk, those of earlier runs included
    /// @param spooledBytes on disk
    record Waiting(long events, long bytes, long spooledEvents, long spooledBytes) {
        public static final Waiting NOTHING = new Waiting(0, 0, 0, 0);
    }
}
