package dev.tiercel.enricher.source;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads what is committed on a topic, up to its end as of now. Opens a consumer for each call; thread-safe.
public final class CommittedRecords {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STALL_LIMIT = Duration.ofSeconds(30);

    private final Map<String, Object> settings = new HashMap<>();

    /// Where to begin on partitions with these ends.
    private interface Start {
        void seek(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends);
    }

    /// @param kafka settings of Kafka's clients
    public CommittedRecords(Map<String, String> kafka) {
        settings.putAll(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    }

    /// Hands all records of `topic` to `records`.
    public void all(String topic, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        read(topic, (consumer, ends) -> consumer.seekToBeginning(ends.keySet()), records);
    }

    /// Hands the records of `topic` since `begin`, by its own times, to `records`; of each partition the last
    /// `most`.
    void since(String topic, Instant begin, int most, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        read(topic, (consumer, ends) -> seek(consumer, ends, begin, most), records);
    }

    private void read(String topic, Start start, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            start.seek(consumer, ends);
            drain(consumer, ends, records);
        }
    }

    private static void seek(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Instant begin, int most) {
        Map<TopicPartition, Long> times = new HashMap<>();
        ends.keySet().forEach(partition -> times.put(partition, begin.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        ends.forEach((partition, end) -> {
            OffsetAndTimestamp first = found.get(partition);
            consumer.seek(partition, first == null ? end : Math.max(first.offset(), end - most));
        });
    }

    private static void drain(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Consumer<ConsumerRecord<byte[], byte[]>> records) {
        long deadline = System.nanoTime() + STALL_LIMIT.toNanos();
        long position = position(consumer, ends);
        while (left(consumer, ends)) {
            consumer.poll(POLL).forEach(records);
            long reached = position(consumer, ends);
            if (reached > position) {
                deadline = System.nanoTime() + STALL_LIMIT.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "no records from %s within %d s".formatted(ends.keySet(), STALL_LIMIT.toSeconds()));
            }
            position = reached;
        }
    }

    private static boolean left(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    private static long position(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.keySet().stream().mapToLong(consumer::position).sum();
    }
}
