package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.detector.Detector;
import dev.tiercel.detector.DetectorConfig;
import dev.tiercel.detector.publication.RulePublisher;
import dev.tiercel.registry.RegistrySettings;
import dev.tiercel.registry.RestRegistry;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two detectors on three brokers, each of which is killed once.
@Tag("docker")
class ReplicatedClusterIT {
    private static final int USERS = 50;
    private static final long APART_NANOS = 10_000_000;
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String RULES = """
            - rule: Secret read
              desc: a secret was read
              source: k8s_audit
              condition: ka.verb = get
              output: "%ka.user.name read"
              priority: NOTICE
            - correlation: Two secrets
              desc: somebody reads two secrets
              type: event_count
              rules: Secret read
              group-by: [ka.user.name]
              timespan: 10m
              condition: {gte: 2}
              output: "%ka.user.name read two"
              priority: WARNING
            """;

    @TempDir
    private Path folder;

    private final List<String> expected = new ArrayList<>();
    private int users;

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void brokersThatAreKilledLoseAndDoubleNothing() throws Exception {
        Machine.mustRunContainers();
        try (ReplicatedCluster cluster = new ReplicatedCluster();
                RestRegistry registry = RestRegistry.open(
                        RegistrySettings.from(Settings.of(Map.of()), URI.create(cluster.registry())))) {
            publish(cluster, registry);
            try (Metrics metrics = new Metrics();
                    Metrics others = new Metrics();
                    Detector one = detector("one", cluster, registry, metrics);
                    Detector two = detector("two", cluster, registry, others);
                    AlertWatch watch = new AlertWatch(cluster.client())) {
                one.start();
                two.start();
                killEach(cluster, AvroSerde.of(SourceEvent.class, registry, Topics.EVENTS_K8S_AUDIT));
                assertEachOnce(watch);
            }
        }
    }

    private static Map<String, String> kafka(ReplicatedCluster cluster) {
        return Map.of("bootstrap.servers", cluster.bootstrap());
    }

    private static void publish(ReplicatedCluster cluster, RestRegistry registry) {
        try (RulePublisher publisher = new RulePublisher(kafka(cluster), registry, CompileOptions.defaults(), "test")) {
            assertThat(publisher.publish(List.of(new RuleFile("rules.yaml", RULES))))
                    .isInstanceOf(RulePublisher.Outcome.Published.class);
        }
    }

    private Detector detector(String name, ReplicatedCluster cluster, RestRegistry registry, Metrics metrics) {
        Settings settings =
                Settings.of(Map.of("detector.state-dir", folder.resolve(name).toString()));
        return new Detector(DetectorConfig.from(settings), kafka(cluster), registry, metrics);
    }

    private void killEach(ReplicatedCluster cluster, AvroSerde<SourceEvent> serde) {
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(cluster.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int broker = 0; broker < ReplicatedCluster.BROKERS; broker++) {
                send(producer, serde);
                cluster.kill(broker);
                send(producer, serde);
                cluster.restart(broker);
            }
            send(producer, serde);
        }
    }

    /// Some users read two secrets each.
    private void send(Producer<byte[], byte[]> producer, AvroSerde<SourceEvent> serde) {
        for (int last = users + USERS; users < last; users++) {
            String user = "user-" + users;
            for (String id : List.of(user + "/1", user + "/2")) {
                byte[] value = serde.write(event(id, user));
                var _ = producer.send(new ProducerRecord<>(Topics.EVENTS_K8S_AUDIT.name(), bytes(user), value));
                expected.add(user + " read");
            }
            expected.add(user + " read two");
            LockSupport.parkNanos(APART_NANOS);
        }
        producer.flush();
    }

    private static SourceEvent event(String id, String user) {
        long now = Instant.EPOCH.until(Instant.now(), ChronoUnit.NANOS);
        String document = "{\"kind\":\"Event\",\"verb\":\"get\",\"user\":{\"username\":\"%s\"}}".formatted(user);
        return new SourceEvent(id, now, "k8s_audit", "prod", user, "get", ByteBuffer.wrap(bytes(document)), now);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void assertEachOnce(AlertWatch watch) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (watch.arrivals().size() < expected.size() && System.nanoTime() < end) LockSupport.parkNanos(APART_NANOS);
        List<String> outputs = new ArrayList<>(watch.arrivals().stream()
                .map(arrival -> arrival.alert().json().path("output").asText().replaceFirst("^.*(?=user-)", ""))
                .toList());
        Collections.sort(outputs);
        Collections.sort(expected);
        assertThat(outputs).isEqualTo(expected);
    }
}
