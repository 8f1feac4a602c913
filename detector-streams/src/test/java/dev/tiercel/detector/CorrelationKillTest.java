package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Exactly once over two instances: kill -9 of one and then of the other neither loses nor repeats an alert of a
/// correlation, whose evidence comes from several partitions and from before and after the kills.
final class CorrelationKillTest {
    private static final int KEYS = 1_500;
    private static final int MATCHES = 3;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String RULES = """
            - signal: Secret read
              source: k8s_audit
              condition: ka.verb = get
            - correlation: Many secrets
              desc: somebody reads many secrets
              type: event_count
              rules: Secret read
              group-by: [ka.user.name]
              timespan: 10m
              condition: {gte: %d}
              output: "%%ka.user.name read secrets"
              priority: WARNING
            """.formatted(MATCHES);

    @TempDir
    private Path folder;

    private final Map<String, Integer> alertsOfKey = new HashMap<>();

    @Test
    void killedInstancesLoseAndRepeatNothing() throws IOException, InterruptedException {
        try (Cluster cluster = new Cluster(folder);
                Consumer<byte[], byte[]> alerts = cluster.committed(Topics.ALERTS)) {
            cluster.publish(RULES);
            killOneAfterTheOther(cluster, alerts);
            read(cluster, alerts.poll(Duration.ofSeconds(2)));
            assertThat(alertsOfKey)
                    .hasSize(KEYS)
                    .allSatisfy((key, count) -> assertThat(count).as(key).isOne());
            assertThat(cluster.first(Topics.DEAD_LETTERS, 1, Duration.ofSeconds(1)))
                    .isEmpty();
            assertThat(cluster.first(Topics.MATCHES_LATE, 1, Duration.ofSeconds(1)))
                    .isEmpty();
        }
    }

    private void killOneAfterTheOther(Cluster cluster, Consumer<byte[], byte[]> alerts)
            throws IOException, InterruptedException {
        try (DetectorUnderTest one = DetectorUnderTest.on(cluster, folder.resolve("one"));
                DetectorUnderTest two = DetectorUnderTest.on(cluster, folder.resolve("two"))) {
            send(cluster, 0, 0, KEYS);
            send(cluster, 1, 0, KEYS);
            send(cluster, 2, 0, KEYS / 2);
            readUntil(cluster, alerts, KEYS / 8);
            one.kill();
            try (DetectorUnderTest again = DetectorUnderTest.on(cluster, folder.resolve("one"))) {
                readUntil(cluster, alerts, KEYS / 4);
                two.kill();
                send(cluster, 2, KEYS / 2, KEYS);
                try (DetectorUnderTest andAgain = DetectorUnderTest.on(cluster, folder.resolve("two"))) {
                    readUntil(cluster, alerts, KEYS);
                    assertThat(again.stop()).as("exit code").isZero();
                    assertThat(andAgain.stop()).as("exit code").isZero();
                }
            }
        }
    }

    /// The match number `round` of these keys.
    private static void send(Cluster cluster, int round, int from, int to) {
        var serde = Objects.requireNonNull(cluster.serdes().documents().get("k8s_audit"));
        try (Producer<byte[], byte[]> producer = cluster.producer()) {
            for (int key = from; key < to; key++) {
                var _ = producer.send(new ProducerRecord<>(
                        Topics.EVENTS_K8S_AUDIT.name(),
                        Cluster.utf8("prod/" + key + "/" + round),
                        serde.write(AuditEvents.event(
                                "user-" + key + "/" + round, AuditEvents.now(), "user-" + key, "get"))));
            }
        }
    }

    private void readUntil(Cluster cluster, Consumer<byte[], byte[]> alerts, int count) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (alertsOfKey.size() < count) {
            assertThat(System.nanoTime())
                    .as("%d of %d alerts", alertsOfKey.size(), count)
                    .isLessThan(deadline);
            read(cluster, alerts.poll(Duration.ofMillis(100)));
        }
    }

    private void read(Cluster cluster, Iterable<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Alert alert = cluster.serdes().alerts().read(record.value());
            assertThat(alert.getRevision()).isZero();
            assertThat(alert.getEvents()).hasSize(MATCHES).doesNotHaveDuplicates();
            assertThat(alert.getKey()).isEqualTo(List.of(alert.getOutput().split(" ", 2)[0]));
            alertsOfKey.merge(alert.getKey().getFirst(), 1, Integer::sum);
        }
    }
}
