package dev.tiercel.detector.continuity;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The log on real brokers. Opens a consumer for each call, since it is needed only when a task starts or fails, or
/// metadata came late.
///
/// The consumer is assigned, not subscribed: it takes no part in the group. Thread-safe.
public final class KafkaEventLog implements EventLog {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STALL_LIMIT = Duration.ofSeconds(30);

    /// Less than a transaction may take.
    private static final Duration PICK_LIMIT = Duration.ofSeconds(5);

    /// So many records are read and thrown away rather than jumped over, which costs a fetch.
    private static final long NEAR = 16;

    /// How long the broker may keep a fetch that finds nothing, behind which the next one waits.
    private static final int FETCH_WAIT_MS = 10;

    private final Map<String, Object> settings = new HashMap<>();

    /// @param kafka settings of Kafka's clients
    /// @param application its offsets are in the group of this name
    public KafkaEventLog(Map<String, String> kafka, String application) {
        settings.putAll(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, application);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"); // waits for open offset commits as well
    }

    @Override
    public OptionalLong committed(TopicPartition at) {
        try (KafkaConsumer<byte[], byte[]> consumer = open()) {
            OffsetAndMetadata committed = consumer.committed(Set.of(at)).get(at);
            return committed == null ? OptionalLong.empty() : OptionalLong.of(committed.offset());
        }
    }

    @Override
    public long read(TopicPartition at, long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        try (KafkaConsumer<byte[], byte[]> consumer = open()) {
            consumer.assign(List.of(at));
            long first = Math.max(from, consumer.beginningOffsets(List.of(at)).getOrDefault(at, from));
            consumer.seek(at, first);
            drain(consumer, at, to, records);
            return Math.min(first, to) - from;
        }
    }

    @Override
    public void read(TopicPartition at, SortedSet<Long> offsets, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        try (KafkaConsumer<byte[], byte[]> consumer = open()) {
            consumer.assign(List.of(at));
            long first = consumer.beginningOffsets(List.of(at)).getOrDefault(at, 0L);
            long end = consumer.endOffsets(List.of(at)).getOrDefault(at, first);
            NavigableSet<Long> there = new TreeSet<>(offsets).subSet(first, true, Math.max(first, end), false);
            pick(consumer, at, new TreeSet<>(there), records);
        }
    }

    private static void pick(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition at,
            NavigableSet<Long> left,
            Consumer<ConsumerRecord<byte[], byte[]>> records) {
        long deadline = System.nanoTime() + PICK_LIMIT.toNanos();
        long position = -NEAR;
        while (!left.isEmpty()) {
            if (left.first() - position >= NEAR) consumer.seek(at, left.first());
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (left.remove(record.offset())) records.accept(record);
            }
            position = consumer.position(at);
            left.headSet(position).clear();
            if (!left.isEmpty() && System.nanoTime() > deadline) {
                throw new TimeoutException("%d records from %s at offset %d not read within %d s"
                        .formatted(left.size(), at, left.first(), PICK_LIMIT.toSeconds()));
            }
        }
    }

    private static void drain(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition at,
            long to,
            Consumer<ConsumerRecord<byte[], byte[]>> records) {
        long deadline = System.nanoTime() + STALL_LIMIT.toNanos();
        long position = consumer.position(at);
        while (position < to) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < to) records.accept(record);
            }
            long reached = consumer.position(at);
            if (reached > position) {
                deadline = System.nanoTime() + STALL_LIMIT.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "no records from %s at offset %d within %d s".formatted(at, position, STALL_LIMIT.toSeconds()));
            }
            position = reached;
        }
    }

    private KafkaConsumer<byte[], byte[]> open() {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
