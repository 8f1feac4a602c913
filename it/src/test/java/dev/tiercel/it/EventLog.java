package dev.tiercel.it;

import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Topic `events.syscall` from its beginning to the end it had when asked.
final class EventLog implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;

    /// The event that a cursor stands on.
    record Event(BatchCursor cursor) {
        boolean openedByProgram(String path, String program) {
            return switch (cursor.descriptorKind()) {
                case FILE ->
                    cursor.descriptor().path().equals(path)
                            && cursor.process(cursor.process()).name().equals(program);
                default -> false;
            };
        }
    }

    EventLog(String bootstrap) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "fetch.max.bytes", 64 << 20),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /// Counts the events that fit.
    long count(Predicate<Event> fits) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.EVENTS_SYSCALL.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long count = 0;
        while (partitions.stream()
                .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            for (ConsumerRecord<byte[], byte[]> batch : consumer.poll(Duration.ofMillis(100))) {
                count += count(batch.value(), fits);
            }
        }
        return count;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static long count(byte[] batch, Predicate<Event> fits) {
        BatchCursor cursor = new BatchCursor().wrap(batch);
        Event event = new Event(cursor);
        long count = 0;
        while (cursor.next()) {
            count += fits.test(event) ? 1 : 0;
        }
        return count;
    }
}
