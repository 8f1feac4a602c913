package dev.tiercel.collector.publish;

import dev.tiercel.collector.batch.Batch;
import java.time.Duration;

/// Publishes finished batches and heartbeats.
///
/// One thread calls [#offer], [#report], [#flush] and [#close]; [#counts] is thread-safe.
public interface BatchPublisher extends AutoCloseable {
    /// Accepts a batch; false: no room now, offer the same batch again later.
    boolean offer(Batch batch);

    /// Sends a heartbeat, a SensorReport in Confluent's wire format; it may be lost.
    void report(byte[] report);

    /// What became of the accepted batches so far.
    DeliveryCounts counts();

    /// Waits until everything accepted is acknowledged or has failed, at most `timeout`.
    void flush(Duration timeout);

    /// Waits a few seconds for acknowledgements; what is then outstanding counts as failed.
    @Override
    void close();

    /// Counts of what was accepted: `accepted = acknowledged + failed + in flight`.
    ///
    /// @param events acknowledged
    /// @param failedEvents refused by the broker, or outstanding at [#close]
    /// @param batches acknowledged
    /// @param bytes of the acknowledged batches, before compression
    record DeliveryCounts(long events, long failedEvents, long batches, long bytes) {}
}
