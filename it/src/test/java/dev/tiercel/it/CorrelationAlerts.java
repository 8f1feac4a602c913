package dev.tiercel.it;

import dev.tiercel.registry.RegistrySettings;
import dev.tiercel.registry.RestRegistry;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.service.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The alerts of correlations on topic `alerts`, with their evidence, all revisions, from the beginning.
final class CorrelationAlerts implements AutoCloseable {
    private final Map<String, Object> client;
    private final RestRegistry registry;
    private final AvroSerde<Alert> serde;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final List<Alert> seen = new ArrayList<>();

    CorrelationAlerts(TiercelProcess tiercel) {
        client = tiercel.client();
        String[] login = String.valueOf(client.get("basic.auth.user.info")).split(":", 2);
        Settings settings = Settings.of(Map.of("registry.user", login[0], "registry.password", login[1]));
        registry = RestRegistry.open(RegistrySettings.from(settings, URI.create(tiercel.registry())));
        serde = AvroSerde.of(Alert.class, registry, Topics.ALERTS);
        consumer = consumer("read_committed");
        partitions = consumer.partitionsFor(Topics.ALERTS.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("isolation.level", isolation);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// Waits until one fits, however early it came: false if none does within `limit`.
    boolean await(Predicate<Alert> fits, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        for (int next = 0; ; poll()) {
            for (; next < seen.size(); next++) if (fits.test(seen.get(next))) return true;
            if (System.nanoTime() > end) return false;
        }
    }

    /// Those read so far.
    List<Alert> seen() {
        return List.copyOf(seen);
    }

    /// All that are on the topic now, those of open transactions too, once these are committed.
    List<Alert> all() {
        Map<TopicPartition, Long> ends;
        try (KafkaConsumer<byte[], byte[]> uncommitted = consumer("read_uncommitted")) {
            ends = uncommitted.endOffsets(partitions);
        }
        long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > limit) throw new AssertionError("a transaction stays open; ends=" + ends);
            poll();
        }
        return seen();
    }

    private void poll() {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> {
            Alert alert = serde.read(record.value());
            if (!alert.getSteps().isEmpty()) seen.add(alert);
        });
    }

    @Override
    public void close() {
        consumer.close();
        serde.close();
        registry.close();
    }
}
