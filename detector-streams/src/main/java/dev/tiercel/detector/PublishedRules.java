package dev.tiercel.detector;

import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.RuleFiles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Reads what topic `rules` currently holds.
final class PublishedRules {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, String> kafka;
    private final AvroSerde<RuleFiles> serde;

    PublishedRules(Map<String, String> kafka, AvroSerde<RuleFiles> serde) {
        this.kafka = kafka;
        this.serde = serde;
    }

    /// The last publication of the default rule set; empty if there is none or it cannot be read.
    Optional<RuleFiles> latest() {
        byte @Nullable [] value = lastValue();
        try {
            return value == null ? Optional.empty() : Optional.of(serde.read(value));
        } catch (BadRecordException unreadable) {
            return Optional.empty();
        }
    }

    private byte @Nullable [] lastValue() {
        byte[] key = FollowRules.RULE_SET.getBytes(StandardCharsets.UTF_8);
        byte @Nullable [] last = null;
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.RULES.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    last = Arrays.equals(record.key(), key) ? record.value() : last;
                }
            }
        }
        return last;
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
