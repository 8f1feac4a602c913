package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.service.Metrics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sources beside system calls, whose topics come when they are used.
final class SourcesOnBrokerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Metrics metrics = new Metrics();

    @TempDir
    private Path folder;

    private Cluster cluster;

    @BeforeEach
    void open() {
        cluster = new Cluster(folder);
    }

    @AfterEach
    void close() {
        cluster.close();
        metrics.close();
    }

    @Test
    void findsATopicThatComesLaterAndJudgesItFromItsBeginning() throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>copyOf(cluster.kafka()))) {
            List<Topic> documents = documents();
            admin.deleteTopics(documents.stream().map(Topic::name).toList())
                    .all()
                    .get();
            cluster.publish(RuleTexts.SHADOW + RuleTexts.DELETED);
            try (Detector detector = cluster.detector(metrics)) {
                detector.start();
                send(Topics.EVENTS_SYSCALL, SampleBatch.opening(cluster.batchSchemaId(), "cat", "/etc/shadow"));
                assertThat(rules(1)).containsExactly("Shadow read");

                Topics.create(admin, 1, List.of(Topics.EVENTS_K8S_AUDIT));
                for (int i = 0; i < 3; i++) {
                    send(Topics.EVENTS_K8S_AUDIT, event("id-" + i));
                }
                assertThat(rules(4)).containsExactlyInAnyOrder("Shadow read", "Deleted", "Deleted", "Deleted");
                assertThat(detector.check().healthy()).isTrue();
                assertThat(detector.awaitJudged(LIMIT)).isTrue();
            }
        }
    }

    /// What was recorded 65 days ago expires no sooner than what happens now.
    @Test
    void judgesEventsOfLastMonth() throws Exception {
        cluster.publish(RuleTexts.DELETED);
        long old = Instant.now().minus(Duration.ofDays(65)).toEpochMilli();
        byte[] value = event("old");
        try (Producer<byte[], byte[]> producer = cluster.producer()) {
            for (int i = 0; i < 100; i++) {
                var _ = producer.send(new ProducerRecord<>(Topics.EVENTS_K8S_AUDIT.name(), null, old, null, value));
            }
        }
        try (Detector detector = cluster.detector(metrics)) {
            detector.start();
            assertThat(cluster.first(Topics.ALERTS, 100, LIMIT))
                    .hasSize(100)
                    .allSatisfy(alert -> assertThat(
                                    Duration.between(Instant.ofEpochMilli(alert.timestamp()), Instant.now()))
                            .isLessThan(Duration.ofDays(1)));
        }
    }

    private static List<Topic> documents() {
        return Topics.bySource().values().stream()
                .filter(topic -> !topic.equals(Topics.EVENTS_SYSCALL))
                .toList();
    }

    private byte[] event(String id) {
        ByteBuffer document = ByteBuffer.wrap(Cluster.utf8("{\"verb\":\"delete\"}"));
        SourceEvent event =
                new SourceEvent(id, SampleBatch.BASE_TIME, "k8s_audit", "prod", "alice", "delete", document, 0L);
        return Objects.requireNonNull(cluster.serdes().documents().get("k8s_audit"))
                .write(event);
    }

    private void send(Topic topic, byte[] value) throws ExecutionException, InterruptedException {
        try (Producer<byte[], byte[]> producer = cluster.producer()) {
            producer.send(new ProducerRecord<>(topic.name(), Cluster.utf8("key"), value))
                    .get();
        }
    }

    private List<String> rules(int count) {
        return cluster.first(Topics.ALERTS, count, LIMIT).stream()
                .map(alert -> cluster.serdes().alerts().read(alert.value()))
                .map(Alert::getRule)
                .toList();
    }
}
