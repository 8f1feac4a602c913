package dev.tiercel.detector.publication;

import dev.tiercel.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads what a compacted topic currently holds.
final class TopicContents {
    private static final Duration POLL = Duration.ofMillis(200);

    /// Longest wait for an answer; the default of Kafka's clients is a minute.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private TopicContents() {}

    /// The last record of each key, tombstones included, in the order of their offsets.
    ///
    /// @throws org.apache.kafka.common.KafkaException if the brokers do not answer or refuse
    static Map<String, ConsumerRecord<byte[], byte[]>> of(Topic topic, Map<String, String> kafka) {
        Map<String, ConsumerRecord<byte[], byte[]>> last = new LinkedHashMap<>();
        try (Consumer<byte[], byte[]> consumer = consumer(kafka)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                deadline = records.isEmpty() ? deadline : System.nanoTime() + PATIENCE.toNanos();
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("topic " + topic.name() + " cannot be read to its end");
                }
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
                    last.remove(key);
                    last.put(key, record);
                }
            }
        }
        return last;
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, String> kafka) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        settings.putAll(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
