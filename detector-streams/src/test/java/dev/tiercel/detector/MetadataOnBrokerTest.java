package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.service.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events that wait for metadata outlive the detector that put them off, and are judged once.
final class MetadataOnBrokerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int EVENTS = 50;

    /// No test waits for its end.
    private static final String LONG = "detector.metadata-wait=1m";

    /// Both of one event: the first at once, and again; the second only once its pod is known.
    private static final String RULES = """
            - rule: Shown
              desc: passwd is opened
              condition: evt.type = openat and fd.name = /etc/passwd
              output: pod=%k8smeta.pod.name
              priority: NOTICE
            - rule: Elsewhere
              desc: shadow is opened elsewhere
              condition: evt.type = openat and fd.name = /etc/shadow and not k8smeta.ns.name in (bank)
              output: ns=%k8smeta.ns.name
              priority: NOTICE
            """;

    @AutoClose
    private final Metrics metrics = new Metrics();

    @TempDir
    private Path folder;

    @AutoClose
    private Cluster cluster;

    @BeforeEach
    void open() {
        cluster = new Cluster(folder);
        cluster.publish(RULES);
        tell("other", "bank");
    }

    private void tell(String uid, String namespace) {
        byte[] pod = cluster.serdes().kubernetes().write(SamplePods.pod(uid, namespace));
        send(new ProducerRecord<>(Topics.CONTEXT_KUBERNETES.name(), Cluster.utf8("prod/Pod/" + uid), pod));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try (Producer<byte[], byte[]> producer = cluster.producer()) {
            var _ = producer.send(record);
        }
    }

    private void sendEvents() {
        int schema = cluster.batchSchemaId();
        try (Producer<byte[], byte[]> producer = cluster.producer()) {
            for (int i = 0; i < EVENTS; i++) {
                byte[] batch = new SampleBatch("init", i)
                        .in(SamplePods.CGROUP, "cat")
                        .open("/etc/passwd")
                        .open("/etc/shadow")
                        .finish(0, schema);
                var _ = producer.send(new ProducerRecord<>(Topics.EVENTS_SYSCALL.name(), i % 3, null, batch));
            }
        }
    }

    private List<Alert> alerts(int count, Duration limit) {
        return cluster.first(Topics.ALERTS, count, limit).stream()
                .map(record -> cluster.serdes().alerts().read(record.value()))
                .toList();
    }

    /// Its alerts are committed, and with them, in the same transactions, what waits.
    private void killWhileAllWait(DetectorUnderTest detector) throws InterruptedException {
        assertThat(alerts(EVENTS, LIMIT)).hasSize(EVENTS).allSatisfy(alert -> {
            assertThat(alert.getRule()).isEqualTo("Shown");
            assertThat(alert.getRevision()).isZero();
            assertThat(alert.getOutput()).isEqualTo("pod=<NA>");
        });
        detector.kill();
    }

    private void assertEachOnce() {
        List<Alert> all = alerts(3 * EVENTS, LIMIT);
        assertThat(all).hasSize(3 * EVENTS);
        assertThat(alerts(3 * EVENTS + 1, Duration.ofSeconds(3))).hasSameSizeAs(all);
        assertThat(all).extracting(alert -> alert.getId() + alert.getRevision()).doesNotHaveDuplicates();
        assertThat(all.stream().filter(alert -> alert.getRevision() == 1))
                .hasSize(EVENTS)
                .allSatisfy(alert -> assertThat(alert.getOutput()).isEqualTo("pod=cart-1"));
        assertThat(all.stream().filter(alert -> alert.getRule().equals("Elsewhere")))
                .hasSize(EVENTS)
                .allSatisfy(alert -> assertThat(alert.getOutput()).isEqualTo("ns=shop"));
        assertThat(all.stream().map(Alert::getId).distinct()).hasSize(2 * EVENTS);
    }

    @Test
    void aKilledDetectorGoesOnWaitingWhereItWas() throws IOException, InterruptedException {
        try (DetectorUnderTest killed = DetectorUnderTest.on(cluster, folder.resolve("state"), LONG)) {
            sendEvents();
            killWhileAllWait(killed);
        }
        tell(SamplePods.UID, "shop");
        try (Detector restarted = detector("state")) {
            restarted.start();
            assertEachOnce();
        }
    }

    @Test
    void anotherInstanceTakesOverWhatWaits() throws IOException, InterruptedException {
        try (DetectorUnderTest killed = DetectorUnderTest.on(cluster, folder.resolve("state"), LONG);
                Detector other = detector("state-2")) {
            sendEvents();
            killWhileAllWait(killed);
            tell(SamplePods.UID, "shop");
            other.start();
            assertEachOnce();
        }
    }

    @Test
    void whatWaitsIsReadAgainFromTheTopic() {
        try (Detector detector = detector("state")) {
            detector.start();
            sendEvents();
            assertThat(alerts(EVENTS, LIMIT)).hasSize(EVENTS);
            tell(SamplePods.UID, "shop");
            assertEachOnce();
        }
        assertThat(metrics.scrape()).contains("detector_metadata_waits_total{end=\"arrived\"} " + 2 * EVENTS + ".0");
    }

    private Detector detector(String state) {
        String[] setting = LONG.split("=", 2);
        return new Detector(
                Cluster.config(folder.resolve(state), Map.of(setting[0], setting[1])),
                cluster.kafka(),
                cluster.registry(),
                metrics);
    }
}
