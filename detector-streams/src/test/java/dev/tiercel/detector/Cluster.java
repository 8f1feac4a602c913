package dev.tiercel.detector;

import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.detector.publication.RulePublisher;
import dev.tiercel.detector.publication.RuleStatuses;
import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.RuleStatus;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A broker for a single test, with all topics: the detector's topic names are fixed, so tests cannot share a broker.
final class Cluster implements AutoCloseable {
    private EmbeddedBroker broker;
    private final EmbeddedRegistry registry;
    private final Path folder;

    Cluster(Path folder) {
        this.folder = folder;
        broker = EmbeddedBroker.startInsecure(folder.resolve("broker"), 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Topics.create(admin, 1);
        }
        registry = EmbeddedRegistry.open(kafka());
    }

    Map<String, String> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    SchemaRegistry registry() {
        return registry;
    }

    int batchSchemaId() {
        return DetectorSerdes.of(registry).batches().register();
    }

    DetectorSerdes serdes() {
        return DetectorSerdes.of(registry);
    }

    Detector detector(Metrics metrics) {
        return detector("state", metrics);
    }

    Detector detector(String stateFolder, Metrics metrics) {
        return new Detector(config(folder.resolve(stateFolder)), kafka(), registry, metrics);
    }

    static DetectorConfig config(Path stateDir) {
        return config(stateDir, Map.of());
    }

    static DetectorConfig config(Path stateDir, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("detector.state-dir", stateDir.toString());
        return DetectorConfig.from(Settings.of(settings));
    }

    List<RuleStatus> statuses() {
        return RuleStatuses.read(kafka(), registry).instances();
    }

    RulePublisher publisher() {
        return publisher(Map.of());
    }

    RulePublisher publisher(Map<String, String> more) {
        Map<String, String> kafka = new HashMap<>(kafka());
        kafka.putAll(more);
        return new RulePublisher(kafka, registry, CompileOptions.defaults(), "test");
    }

    void publish(String rules) {
        try (RulePublisher publisher = publisher()) {
            publisher.publish(List.of(new RuleFile("rules.yaml", rules)));
        }
    }

    Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    Consumer<byte[], byte[]> committed(Topic topic) {
        Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    /// The first `count` committed records, or fewer if they do not arrive within `limit`.
    List<ConsumerRecord<byte[], byte[]>> first(Topic topic, int count, Duration limit) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long deadline = System.nanoTime() + limit.toNanos();
        try (Consumer<byte[], byte[]> consumer = committed(topic)) {
            while (records.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Stops the broker, runs `meanwhile`, and starts it again where it was.
    void away(Runnable meanwhile) {
        String address = broker.bootstrapServers();
        broker.close();
        meanwhile.run();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        broker = EmbeddedBroker.startInsecure(folder.resolve("broker"), port);
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }
}
