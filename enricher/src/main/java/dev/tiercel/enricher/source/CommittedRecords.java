package dev.tiercel.enricher.source;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what is committed on a topic, up to its end as of now. Opens a consumer for each call; thread-safe.
///
/// Committed records behind the open transaction of somebody else are read once that transaction ends: who did not
/// wait would take what it has committed itself for not written. The broker ends those of killed producers after
/// `transaction.timeout.ms`, by default a minute.
public final class CommittedRecords {
    private static final Duration POLL = Duration.ofMillis(100);
    /// Longest wait for an answer; the default of Kafka's clients, a minute, would keep an outage from the health.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration STALL_LIMIT = Duration.ofSeconds(90);
    private static final Duration STALL_TOLD = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(CommittedRecords.class);

    private final Map<String, String> kafka;

    /// Where to begin on partitions with these ends, found by a consumer that sees uncommitted records, too.
    private interface Start {
        Map<TopicPartition, Long> find(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends);
    }

    /// @param kafka settings of Kafka's clients
    public CommittedRecords(Map<String, String> kafka) {
        this.kafka = Map.copyOf(kafka);
    }

    /// Hands all records of `topic` to `records`.
    public void all(String topic, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        read(topic, (consumer, ends) -> consumer.beginningOffsets(ends.keySet()), records);
    }

    /// Hands the records of `topic` since `begin`, by its own times, to `records`; of each partition the last
    /// `most`.
    void since(String topic, Instant begin, int most, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        read(topic, (consumer, ends) -> since(consumer, ends, begin, most), records);
    }

    private void read(String topic, Start start, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        Map<TopicPartition, Long> ends;
        Map<TopicPartition, Long> starts;
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_uncommitted")) {
            ends = consumer.endOffsets(consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList());
            starts = start.find(consumer, ends);
        }
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
            consumer.assign(ends.keySet());
            starts.forEach(consumer::seek);
            drain(consumer, ends, records);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        settings.putAll(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<TopicPartition, Long> since(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Instant begin, int most) {
        Map<TopicPartition, Long> times = new HashMap<>();
        ends.keySet().forEach(partition -> times.put(partition, begin.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        Map<TopicPartition, Long> starts = new HashMap<>();
        ends.forEach((partition, end) -> {
            OffsetAndTimestamp first = found.get(partition);
            starts.put(partition, first == null ? end : Math.max(first.offset(), end - most));
        });
        return starts;
    }

    private static void drain(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Consumer<ConsumerRecord<byte[], byte[]>> records) {
        long moved = System.nanoTime();
        boolean told = false;
        long position = position(consumer, ends);
        while (left(consumer, ends)) {
            consumer.poll(POLL).forEach(records);
            long reached = position(consumer, ends);
            long stalled = System.nanoTime() - moved;
            if (reached > position) {
                moved = System.nanoTime();
            } else if (stalled > STALL_LIMIT.toNanos()) {
                throw new TimeoutException(
                        "no records from %s within %d s".formatted(ends.keySet(), STALL_LIMIT.toSeconds()));
            } else if (!told && stalled > STALL_TOLD.toNanos()) {
                LOG.warn("waiting for records of {}: behind an open transaction of another producer?", ends.keySet());
                told = true;
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
