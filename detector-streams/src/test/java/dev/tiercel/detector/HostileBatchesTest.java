package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.DeadLetter;
import dev.tiercel.service.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Records that a hostile writer of `events.syscall` can make, on a real broker with its real limits: none stops the
/// detector.
final class HostileBatchesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MATCHES = 1_500;

    @AutoClose
    private final Metrics metrics = new Metrics();

    @TempDir
    private Path folder;

    @AutoClose
    private Cluster cluster;

    @BeforeEach
    void open() {
        cluster = new Cluster(folder);
        cluster.publish(RuleTexts.SHADOW.replaceFirst("output: .*", "output: read by %proc.cmdline"));
    }

    @Test
    void manyMatchesOfAHugeArgumentBecomeAsManySmallAlerts() throws Exception {
        try (Detector detector = cluster.detector(metrics)) {
            detector.start();
            send(matches("x".repeat(800_000), MATCHES));
            assertThat(cluster.first(Topics.ALERTS, MATCHES, LIMIT))
                    .hasSize(MATCHES)
                    .allMatch(record -> record.value().length < 64 << 10);
            assertGoesOn(detector, MATCHES);
        }
    }

    @Test
    void moreThanAnyCollectorsIsCutOffAndSaid() throws Exception {
        try (Detector detector = cluster.detector(metrics)) {
            detector.start();
            send(matches("x".repeat(30_000), 1_200));
            assertThat(letters(1)).extracting(DeadLetter::getReason).containsExactly("EXCESSIVE");
            int raised =
                    cluster.first(Topics.ALERTS, 1_200, Duration.ofSeconds(3)).size();
            assertThat(raised).isBetween(1_000, 1_199);
            assertGoesOn(detector, raised);
        }
    }

    @Test
    void aSmallRecordThatUnpacksToMegabytesBecomesASmallDeadLetter() throws Exception {
        byte[] bomb = new byte[10 << 20];
        try (Detector detector = cluster.detector(metrics)) {
            detector.start();
            send(bomb);
            assertThat(letters(1)).singleElement().satisfies(letter -> {
                assertThat(letter.getValueLength()).isEqualTo(10 << 20);
                assertThat(letter.getValue().remaining()).isEqualTo(512 << 10);
                assertThat(letter.getValueHash()).isEqualTo(HexFormat.of().formatHex(sha256(bomb)));
            });
            assertGoesOn(detector, 0);
        }
    }

    private void assertGoesOn(Detector detector, int alertsBefore) throws Exception {
        send(SampleBatch.opening(cluster.batchSchemaId(), "cat", "/etc/shadow"));
        List<ConsumerRecord<byte[], byte[]>> alerts = cluster.first(Topics.ALERTS, alertsBefore + 1, LIMIT);
        assertThat(alerts).hasSize(alertsBefore + 1);
        Alert last = cluster.serdes().alerts().read(alerts.getLast().value());
        assertThat(last.getOutput()).endsWith("read by cat --quiet");
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!detector.check().healthy()) { // how far it is behind is asked every few seconds
            assertThat(System.nanoTime()).as(detector.check().detail()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private byte[] matches(String argument, int count) {
        SampleBatch batch = new SampleBatch("cat", 7, argument);
        for (int i = 0; i < count; i++) {
            batch.open("/etc/shadow");
        }
        return batch.finish(0, cluster.batchSchemaId());
    }

    private void send(byte[] value) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                cluster.kafka().get("bootstrap.servers"),
                "compression.type",
                "zstd",
                "max.request.size",
                32 << 20,
                "buffer.memory",
                64L << 20);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.EVENTS_SYSCALL.name(), 0, null, value))
                    .get();
        }
    }

    private List<DeadLetter> letters(int count) {
        return cluster.first(Topics.DEAD_LETTERS, count, LIMIT).stream()
                .map(record -> cluster.serdes().deadLetters().read(record.value()))
                .toList();
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
