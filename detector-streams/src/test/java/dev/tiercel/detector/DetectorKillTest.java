package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Exactly once: kill -9 in the middle of processing neither loses nor repeats an alert.
final class DetectorKillTest {
    private static final int LIVES = 2;
    private static final int BATCHES_PER_LIFE = 1_000;
    private static final int ALERTS_BEFORE_KILL = 300;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void aKilledDetectorLosesAndRepeatsNothing() throws IOException, InterruptedException {
        try (Cluster cluster = new Cluster(folder);
                Consumer<byte[], byte[]> alerts = cluster.committed(Topics.ALERTS)) {
            cluster.publish(RuleTexts.SHADOW);
            Set<String> seen = new HashSet<>();
            for (int life = 0; life < LIVES; life++) {
                try (DetectorUnderTest detector = DetectorUnderTest.on(cluster, folder.resolve("state"))) {
                    send(cluster);
                    readUntil(alerts, seen, seen.size() + ALERTS_BEFORE_KILL);
                    detector.kill();
                }
            }
            try (DetectorUnderTest detector = DetectorUnderTest.on(cluster, folder.resolve("state"))) {
                readUntil(alerts, seen, LIVES * BATCHES_PER_LIFE);
                assertThat(detector.stop()).as("exit code").isZero();
            }
            assertThat(ids(cluster, Topics.ALERTS))
                    .hasSize(LIVES * BATCHES_PER_LIFE)
                    .doesNotHaveDuplicates();
            assertThat(ids(cluster, Topics.ALERTS_JSON))
                    .hasSize(LIVES * BATCHES_PER_LIFE)
                    .doesNotHaveDuplicates();
        }
    }

    private static void send(Cluster cluster) {
        byte[] batch = SampleBatch.opening(cluster.batchSchemaId(), "cat", "/etc/hosts", "/etc/shadow", "/etc/fstab");
        try (Producer<byte[], byte[]> producer = cluster.producer()) {
            for (int i = 0; i < BATCHES_PER_LIFE; i++) {
                var _ = producer.send(new ProducerRecord<>(
                        Topics.EVENTS_SYSCALL.name(), Cluster.utf8("web-" + i % 11 + "/0"), batch));
            }
        }
    }

    private static void readUntil(Consumer<byte[], byte[]> alerts, Set<String> seen, int count) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (seen.size() < count) {
            assertThat(System.nanoTime())
                    .as("%d of %d alerts", seen.size(), count)
                    .isLessThan(deadline);
            for (ConsumerRecord<byte[], byte[]> record : alerts.poll(Duration.ofMillis(100))) {
                assertThat(seen.add(new String(record.key(), StandardCharsets.UTF_8)))
                        .as("an alert id came twice")
                        .isTrue();
            }
        }
    }

    private static List<String> ids(Cluster cluster, Topic topic) {
        return cluster.first(topic, LIVES * BATCHES_PER_LIFE + 1, Duration.ofSeconds(3)).stream()
                .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                .toList();
    }
}
