package dev.tiercel.detector.cluster;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far stores are restored from their topics, which an instance does that takes over partitions whose state it does
/// not have: a gibibyte takes most of a minute. Says so every ten seconds. Thread-safe.
public final class Restoration implements StateRestoreListener {
    private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);
    private static final long SAY_MILLIS = 10_000;

    private final InstantSource clock;
    private final Map<TopicPartition, Range> underWay = new ConcurrentHashMap<>();
    private long records;
    private long nextSaid;

    /// Offsets of a changelog: where it began, where it is, where it will end. Those of transaction markers count too.
    private record Range(long from, long at, long to) {}

    public Restoration(InstantSource clock) {
        this.clock = clock;
    }

    /// Waits until `settled`; false: it is not, and nothing has been restored for `calm`.
    public boolean await(CountDownLatch settled, Duration calm) throws InterruptedException {
        long before = -1;
        while (!settled.await(calm.toMillis(), TimeUnit.MILLISECONDS)) {
            long now = records();
            if (now == before) return false;
            before = now;
        }
        return true;
    }

    private synchronized long records() {
        return records;
    }

    /// How far it is; empty while nothing is restored.
    public String summary() {
        return underWay.isEmpty() ? "" : progress();
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
        underWay.put(partition, new Range(from, from, to));
        synchronized (this) {
            if (underWay.size() == 1) nextSaid = clock.millis() + SAY_MILLIS;
        }
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long last, long restored) {
        underWay.computeIfPresent(partition, (same, range) -> new Range(range.from(), last + 1, range.to()));
        if (isDue(restored)) LOG.info("{}", progress());
    }

    private synchronized boolean isDue(long restored) {
        records += restored;
        if (clock.millis() < nextSaid) return false;
        nextSaid = clock.millis() + SAY_MILLIS;
        return true;
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long restored) {
        underWay.remove(partition);
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String store, long restored) {
        underWay.remove(partition);
    }

    private String progress() {
        long done = 0;
        long all = 0;
        int partitions = 0;
        for (Range range : underWay.values()) {
            done += range.at() - range.from();
            all += range.to() - range.from();
            partitions++;
        }
        return "state of %d partitions is being restored from its topic: %d of %d records, %d %%"
                .formatted(partitions, done, all, all == 0 ? 100 : done * 100 / all);
    }
}
