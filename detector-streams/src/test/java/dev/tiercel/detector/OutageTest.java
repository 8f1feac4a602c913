package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.detector.publication.RulePublisher;
import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.EventAddress;
import dev.tiercel.service.Metrics;
import dev.tiercel.testkit.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Outages of the broker that are longer than a commit waits: every acknowledged batch is judged, and once.
///
/// All batches are in one partition, so that Streams, with nothing else to fetch, completes a rebalance within one
/// poll: then it jumps over records ([dev.tiercel.detector.continuity.Continuity]). Commits wait 1 s here instead
/// of minutes. More rounds:
/// `-Dtiercel.outage.rounds=60`, where Kafka 4.4.0 jumps in about one of five.
final class OutageTest {
    private static final int ROUNDS = Integer.getInteger("tiercel.outage.rounds", 5);
    private static final int COMMIT_WAITS_MS = 1_000;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final long SHORTEST_OUTAGE_MS = COMMIT_WAITS_MS + 200;
    private static final long LONGEST_OUTAGE_MS = 2 * COMMIT_WAITS_MS - 100;

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final RandomGenerator random = Seeds.random(7);

    @TempDir
    private Path folder;

    private volatile boolean sending = true;

    @Test
    void everyAcknowledgedBatchIsJudgedOnce() throws Exception {
        try (OutageBroker broker = new OutageBroker(folder.resolve("broker"));
                Metrics metrics = new Metrics()) {
            prepare(broker);
            Map<String, String> kafka = new HashMap<>(settings(broker));
            kafka.put("producer.max.block.ms", Integer.toString(COMMIT_WAITS_MS));
            try (Detector detector = new Detector(Cluster.config(folder.resolve("state")), kafka, registry, metrics)) {
                detector.start();
                Thread sender = Thread.ofPlatform().start(() -> send(broker));
                for (int round = 0; round < ROUNDS; round++) {
                    pass(random.nextLong(1_000, 2_000));
                    broker.signal("STOP");
                    pass(random.nextLong(SHORTEST_OUTAGE_MS, LONGEST_OUTAGE_MS));
                    broker.signal("CONT");
                }
                pass(1_000);
                sending = false;
                sender.join();
                List<Long> judged = judged(broker);
                assertThat(judged).as(metrics.scrape()).doesNotHaveDuplicates();
                Set<Long> missing = new HashSet<>(acknowledged);
                judged.forEach(missing::remove);
                assertThat(missing).as(metrics.scrape()).isEmpty();
            }
        }
    }

    private void prepare(OutageBroker broker) {
        try (Admin admin = Admin.create(Map.copyOf(settings(broker)))) {
            Topics.create(admin, 1);
        }
        try (RulePublisher publisher =
                new RulePublisher(settings(broker), registry, CompileOptions.defaults(), "test")) {
            publisher.publish(List.of(new RuleFile("rules.yaml", RuleTexts.SHADOW)));
        }
    }

    private void send(OutageBroker broker) {
        int schema = DetectorSerdes.of(registry).batches().register();
        byte[] batch = SampleBatch.opening(schema, "cat", "/etc/hosts", "/etc/shadow");
        Map<String, Object> settings = new HashMap<>(settings(broker));
        settings.put("linger.ms", 1);
        settings.put("max.block.ms", 600_000);
        settings.put("delivery.timeout.ms", 600_000);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            while (sending) {
                for (int i = 0; i < 10; i++) {
                    var _ = producer.send(
                            new ProducerRecord<>(Topics.EVENTS_SYSCALL.name(), 0, null, batch), (sent, failure) -> {
                                if (failure == null) acknowledged.add(sent.offset());
                            });
                }
                pass(4);
            }
        }
    }

    /// The offsets of the batches that committed alerts name, once all acknowledged ones are among them.
    private List<Long> judged(OutageBroker broker) {
        List<Long> offsets = new ArrayList<>();
        Set<Long> waited = new HashSet<>(acknowledged);
        DetectorSerdes serdes = DetectorSerdes.of(registry);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try (Consumer<byte[], byte[]> consumer = committed(broker)) {
            while (!waited.isEmpty() && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    EventAddress at =
                            serdes.alerts().read(record.value()).getEvents().getFirst();
                    offsets.add(at.getOffset());
                    waited.remove(at.getOffset());
                });
            }
        }
        return offsets;
    }

    private static Consumer<byte[], byte[]> committed(OutageBroker broker) {
        Map<String, Object> settings = new HashMap<>(settings(broker));
        settings.put("isolation.level", "read_committed");
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.ALERTS.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private static Map<String, String> settings(OutageBroker broker) {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    /// The length of an outage and of the time between is the test's input, not a wait for something.
    private static void pass(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
