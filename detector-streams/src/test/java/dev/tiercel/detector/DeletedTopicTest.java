package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A topic is deleted under a running detector, and created again as `TopicsComponent` does.
final class DeletedTopicTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

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

    @ParameterizedTest
    @ValueSource(strings = {"alerts", "alerts.json"})
    void judgesOnWithoutAnOutput(String topic) throws Exception {
        cluster.publish(RuleTexts.SHADOW);
        try (Detector detector = cluster.detector(metrics)) {
            startAndJudge(detector);
            recreate(topic);
            send();
            int expected = topic.equals("alerts.json") ? 1 : 2;
            assertThat(cluster.first(Topics.ALERTS_JSON, expected, LIMIT)).hasSize(expected);
            assertThat(detector.check().healthy()).isTrue();
        }
    }

    /// Kafka's consumers would stay at their positions in the old topic, the global one of Kafka Streams fails.
    @ParameterizedTest
    @ValueSource(strings = {"events.syscall", "rules"})
    void endsWithoutAnInputAndARestartJudgesTheNewOne(String topic) throws Exception {
        cluster.publish(RuleTexts.SHADOW);
        CountDownLatch stopped = new CountDownLatch(1);
        try (Detector detector = cluster.detector(metrics)) {
            detector.onFailure(cause -> stopped.countDown());
            startAndJudge(detector);
            recreate(topic);
            assertThat(stopped.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(detector.check().healthy()).isFalse();
        }
        send();
        try (Metrics others = new Metrics();
                Detector restarted = cluster.detector(others)) {
            restarted.start();
            assertThat(cluster.first(Topics.ALERTS_JSON, 2, LIMIT)).hasSize(2);
        }
    }

    /// A commit that was due when the topic went: no broker takes the offsets of a topic that is another one now.
    @Test
    void leavesNothingBehindWhenACommitIsDue() throws Exception {
        cluster.publish(RuleTexts.SHADOW);
        CountDownLatch stopped = new CountDownLatch(1);
        try (Detector detector = cluster.detector(metrics)) {
            detector.onFailure(cause -> stopped.countDown());
            startAndJudge(detector);
            send("/etc/hostname");
            while (detector.events() < 2) Thread.onSpinWait(); // judged, and without an alert not committed for long
            recreate("events.syscall");
            assertThat(stopped.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("-StreamThread-"));
    }

    private void startAndJudge(Detector detector) throws Exception {
        detector.start();
        send();
        assertThat(cluster.first(Topics.ALERTS_JSON, 1, LIMIT)).hasSize(1);
    }

    private void recreate(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.<String, Object>copyOf(cluster.kafka()))) {
            admin.deleteTopics(List.of(topic)).all().get();
            while (Topics.missing(admin, Topics.all()).isEmpty()) {
                Thread.onSpinWait(); // brokers learn of it a little later than the controller
            }
            Topics.create(admin, 1);
        }
    }

    private void send() throws Exception {
        send("/etc/shadow");
    }

    private void send(String path) throws Exception {
        byte[] batch = SampleBatch.opening(cluster.batchSchemaId(), "cat", path);
        try (Producer<byte[], byte[]> producer = cluster.producer()) {
            producer.send(new ProducerRecord<>(Topics.EVENTS_SYSCALL.name(), Cluster.utf8("node/0"), batch))
                    .get();
        }
    }
}
