package dev.tiercel.collector.publish;

import dev.tiercel.collector.batch.Batch;
import java.time.Duration;

/// Takes finished batches and heartbeats to where others read them.
///
/// [#offer], [#report] and [#close] come from one thread, the counts may be read by any.
public interface BatchPublisher extends AutoCloseable {
    /// Takes a batch; false: no room now, offer the same one again later.
    boolean offer(Batch batch);

    /// Sends a heartbeat, a SensorReport in Confluent's wire format; it may be lost.
    void report(byte[] report);

    /// What became of the batches so far.
    DeliveryCounts counts();

    /// Waits, at most `timeout`, until everything taken is acknowledged or has failed.
    void flush(Duration timeout);

    /// Gives up what is not acknowledged within a few seconds; that counts as failed.
    @Override
    void close();

    /// Counts of what was taken; `taken = acknowledged + failed + under way`.
    ///
    /// @param events acknowledged
    /// @param failedEvents given up
    /// @param batches acknowledged
    /// @param bytes of the acknowledged batches, before compression
    record DeliveryCounts(long events, long failedEvents, long batches, long bytes) {}
}
