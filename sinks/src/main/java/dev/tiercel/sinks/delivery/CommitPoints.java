package dev.tiercel.sinks.delivery;

import dev.tiercel.sinks.route.HeldAlerts;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// What of each partition can be committed: everything before what still waits. What is held back is counted in the
/// metadata of an offset, so while something waits an offset stays before the first alert that was held since the
/// counts were last committed. Not thread-safe.
final class CommitPoints {
    private final Map<TopicPartition, Long> read = new HashMap<>();
    private final Map<TopicPartition, Long> firstHeld = new HashMap<>();
    private final Map<TopicPartition, String> savedCounts = new HashMap<>();

    /// The record at `offset` was read.
    void read(TopicPartition partition, long offset) {
        read.put(partition, offset + 1);
    }

    /// The alert at `offset` was held back.
    void held(TopicPartition partition, long offset) {
        firstHeld.putIfAbsent(partition, offset);
    }

    /// What was committed with the offset of a partition that is taken over.
    void takeOver(TopicPartition partition, String counts) {
        forget(Set.of(partition));
        savedCounts.put(partition, counts);
    }

    /// What was last committed of a partition; empty: nothing is held.
    String savedCounts(TopicPartition partition) {
        return savedCounts.getOrDefault(partition, "");
    }

    /// What was last committed of partitions of alerts, by number.
    Map<Integer, String> kept() {
        Map<Integer, String> kept = new HashMap<>();
        savedCounts.forEach((partition, counts) -> {
            if (AlertDelivery.isOfAlerts(partition)) kept.put(partition.partition(), counts);
        });
        return kept;
    }

    void forget(Collection<TopicPartition> partitions) {
        read.keySet().removeAll(partitions);
        firstHeld.keySet().removeAll(partitions);
        savedCounts.keySet().removeAll(partitions);
    }

    /// What can be committed, of partitions that something was read of, or whose counts have changed.
    ///
    /// @param position of the consumer, of a partition that nothing was read of
    Map<TopicPartition, OffsetAndMetadata> points(
            Set<TopicPartition> assigned, List<Pending> waiting, HeldAlerts held, Position position) {
        Map<TopicPartition, OffsetAndMetadata> points = new HashMap<>();
        boolean summaries = waiting.stream().anyMatch(pending -> pending.from().equals(Pending.NOWHERE));
        for (TopicPartition partition : assigned) {
            long first = waiting.stream()
                    .filter(pending -> pending.from().equals(partition))
                    .mapToLong(Pending::offset)
                    .min()
                    .orElse(Long.MAX_VALUE);
            String counts = AlertDelivery.isOfAlerts(partition) ? held.saved(partition.partition()) : "";
            Long next = read.get(partition);
            if (next == null && counts.equals(savedCounts(partition))) continue;
            long all = next == null ? position.of(partition) : next;
            boolean isWhole = first == Long.MAX_VALUE && !summaries;
            points.put(
                    partition,
                    isWhole
                            ? new OffsetAndMetadata(all, counts)
                            : new OffsetAndMetadata(
                                    Math.min(Math.min(all, first), firstHeld.getOrDefault(partition, Long.MAX_VALUE)),
                                    savedCounts(partition)));
        }
        return points;
    }

    /// Position of a consumer.
    interface Position {
        long of(TopicPartition partition);
    }

    /// These were committed.
    void committed(Map<TopicPartition, OffsetAndMetadata> points) {
        points.forEach((partition, point) -> {
            boolean isWhole = point.offset() >= read.getOrDefault(partition, 0L);
            if (!isWhole) return;
            read.remove(partition);
            firstHeld.remove(partition);
            savedCounts.put(partition, point.metadata());
        });
    }
}
