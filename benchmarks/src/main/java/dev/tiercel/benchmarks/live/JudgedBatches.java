package dev.tiercel.benchmarks.live;

import dev.tiercel.schemas.Topics;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/// How many batches of system calls a group of detectors has judged, by what it has committed.
record JudgedBatches(Admin admin, String group) {
    private static final Duration LOOK = Duration.ofMillis(100);

    /// @param nanos by [System#nanoTime]
    record Reading(long batches, long nanos) {
        /// Batches per second.
        double since(Reading before) {
            return (batches - before.batches) * 1e9 / (nanos - before.nanos);
        }
    }

    /// Waits until there are so many.
    ///
    /// @throws IllegalStateException if there are not within `limit`
    Reading await(long batches, Duration limit) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + limit.toNanos();
        for (; ; Thread.sleep(LOOK)) {
            Reading now = new Reading(judged(), System.nanoTime());
            if (now.batches() >= batches) return now;
            if (now.nanos() > end) {
                throw new IllegalStateException(
                        "%s judged %,d of %,d batches".formatted(group, now.batches(), batches));
            }
        }
    }

    private long judged() throws InterruptedException, ExecutionException {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(offset -> offset.getKey().topic().equals(Topics.EVENTS_SYSCALL.name()))
                .map(offset -> offset.getValue())
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }
}
