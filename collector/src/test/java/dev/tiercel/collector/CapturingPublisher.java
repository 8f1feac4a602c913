package dev.tiercel.collector;

import dev.tiercel.collector.batch.Batch;
import dev.tiercel.collector.publish.BatchPublisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Keeps the batches; refuses them while [#refusing], fails what it accepts while [#failing], and loses it without a
/// word while [#forgetting].
final class CapturingPublisher implements BatchPublisher {
    final List<Batch> batches = new ArrayList<>();
    final List<byte[]> reports = new ArrayList<>();
    boolean refusing;
    boolean failing;
    boolean forgetting;
    long awaySince;
    private long events;
    private long failed;
    private long bytes;

    @Override
    public boolean offer(Batch batch) {
        if (refusing) {
            return false;
        }
        if (forgetting) {
            return true;
        }
        if (failing) {
            failed += batch.events();
        } else {
            batches.add(batch);
            events += batch.events();
            bytes += batch.value().length;
        }
        return true;
    }

    @Override
    public void report(byte[] report) {
        reports.add(report);
    }

    @Override
    public DeliveryCounts counts() {
        return new DeliveryCounts(events, failed, batches.size(), bytes);
    }

    /// Events it had forgotten.
    void found(int count) {
        events += count;
    }

    @Override
    public long awaySinceNanos() {
        return awaySince;
    }

    @Override
    public void flush(Duration timeout) {}

    @Override
    public void close() {}
}
