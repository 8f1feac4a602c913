package dev.tiercel.cli.tail;

import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.StopRequest;
import dev.tiercel.cli.settings.AccessHint;
import dev.tiercel.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Reads a topic like `tail -f`: every partition, committed records only, without a consumer group.
public final class TopicTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int API_TIMEOUT_MILLIS = 10_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TailOptions options;
    private final Map<TopicPartition, Long> ends;

    private TopicTail(KafkaConsumer<byte[], byte[]> consumer, TailOptions options, Map<TopicPartition, Long> ends) {
        this.consumer = consumer;
        this.options = options;
        this.ends = ends;
    }

    /// What comes from now on.
    ///
    /// @throws EnvironmentException if the brokers do not respond or the topic does not exist
    public static TopicTail fromNow(String topic, Map<String, ?> kafka) {
        return open(topic, kafka, new TailOptions());
    }

    /// Prints records.
    @FunctionalInterface
    interface Printer {
        /// Prints one record as at most `left` lines; returns how many it printed.
        long print(ConsumerRecord<byte[], byte[]> record, long left);

        /// Called after each poll, about five times a second while nothing comes.
        default void pause() {}
    }

    /// @throws EnvironmentException if the brokers do not respond or the topic does not exist
    static TopicTail open(String topic, Map<String, ?> kafka, TailOptions options) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("allow.auto.create.topics", false);
        settings.putIfAbsent("default.api.timeout.ms", API_TIMEOUT_MILLIS);
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            return new TopicTail(consumer, options, assign(consumer, topic, options));
        } catch (KafkaException | EnvironmentException e) {
            consumer.close();
            throw e instanceof EnvironmentException ready
                    ? ready
                    : new EnvironmentException(
                            "no answer from Kafka at " + kafka.get("bootstrap.servers") + " about topic " + topic + ": "
                                    + e.getMessage() + "; " + AccessHint.of(kafka, e),
                            e);
        }
    }

    private static Map<TopicPartition, Long> assign(
            KafkaConsumer<byte[], byte[]> consumer, String topic, TailOptions options) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (partitions.isEmpty())
            throw new EnvironmentException("topic " + topic + " does not exist; " + reason(topic));
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        if (options.since().isPresent()) {
            seek(consumer, ends, options.since().get());
        } else if (options.fromBeginning() || !options.follow()) {
            consumer.seekToBeginning(partitions);
        } else {
            ends.forEach(consumer::seek);
        }
        return ends;
    }

    private static String reason(String topic) {
        return topic.startsWith("events.") && !topic.equals(Topics.EVENTS_SYSCALL.name())
                ? "nothing has brought events of this source yet: see --source of `up` and `enrich`"
                : "is `tiercel up` running, is --bootstrap right?";
    }

    private static void seek(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Instant since) {
        Map<TopicPartition, Long> times = new HashMap<>();
        ends.keySet().forEach(partition -> times.put(partition, since.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        ends.forEach((partition, end) -> {
            @Nullable OffsetAndTimestamp first = found.get(partition);
            consumer.seek(partition, first == null ? end : first.offset());
        });
    }

    /// Prints records as they arrive until `stop`, the reader of the output is gone, the limit or, without `follow`,
    /// the end of the topic.
    void run(Printer printer, StopRequest stop) {
        long left = options.limit();
        while (left > 0 && !stop.requested() && (options.follow() || !atEnd())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                left -= printer.print(record, left);
                if (left <= 0) return;
            }
            printer.pause();
            if (options.outputIsClosed()) return;
        }
    }

    /// The records that have come since the last call; waits for the first, at most so long.
    public Iterable<ConsumerRecord<byte[], byte[]>> poll(Duration patience) {
        return consumer.poll(patience);
    }

    private boolean atEnd() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
