package dev.tiercel.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.SourceEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An import of CloudTrail's files of 65 days ago, by a process that is killed in the middle, into the default topics.
class EnricherKillTest {
    private static final int FILES = Integer.getInteger("tiercel.kill.files", 20);
    private static final int RECORDS = 1_000;
    private static final int LIVES = 3;

    @TempDir
    private Path folder;

    private final Instant begin = Instant.now();
    private final Instant then = begin.truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(65));
    private EmbeddedBroker broker;
    private Map<String, String> kafka;
    private KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Process process;

    @BeforeEach
    void start() throws IOException {
        broker = EmbeddedBroker.startInsecure(folder.resolve("broker"), 0);
        kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(Map.copyOf(kafka))) {
            Topics.create(admin, 1);
        }
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.EVENTS_CLOUDTRAIL.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        writeFiles(Files.createDirectories(folder.resolve("trail/2026/01/02")));
    }

    @AfterEach
    void stop() {
        if (process != null) process.destroyForcibly();
        consumer.close();
        broker.close();
    }

    private void writeFiles(Path directory) throws IOException {
        for (int file = 0; file < FILES; file++) {
            try (Writer out = new OutputStreamWriter(
                    new GZIPOutputStream(Files.newOutputStream(directory.resolve("%03d.json.gz".formatted(file)))),
                    StandardCharsets.UTF_8)) {
                out.write("{\"Records\":[");
                for (int record = 0; record < RECORDS; record++) {
                    out.write((record == 0 ? "" : ",") + record(file * RECORDS + record));
                }
                out.write("]}");
            }
        }
    }

    private String record(int number) {
        return "{\"eventID\":\"e-%06d\",\"eventTime\":\"%s\",\"eventName\":\"GetObject\",\"userIdentity\":{\"arn\":\"user-%d\"},\"x\":\"%s\"}"
                .formatted(number, then, number % 7, "x".repeat(500));
    }

    private Process startProcess() throws IOException {
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EnricherProcess.class.getName(),
                        broker.bootstrapServers(),
                        "cloudtrail=" + folder.resolve("trail"))
                .redirectErrorStream(true)
                .start();
        process = started;
        BufferedReader reader = started.inputReader();
        String line = reader.readLine();
        while (line != null && !line.equals("ready")) {
            line = reader.readLine();
        }
        assertThat(line).as("the enricher has started").isEqualTo("ready");
        Thread.ofVirtual().start(() -> reader.lines().forEach(ignored -> {}));
        return started;
    }

    private void readUntil(Set<String> seen, int count, AvroSerde<SourceEvent> serde) {
        while (seen.size() < count) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                SourceEvent event = serde.read(record.value());
                assertThat(seen.add(event.getId()))
                        .as("%s came twice", event.getId())
                        .isTrue();
                assertThat(event.getTime()).isEqualTo(ChronoUnit.NANOS.between(Instant.EPOCH, then));
                assertThat(record.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
                assertThat(Instant.ofEpochMilli(record.timestamp())).isAfter(begin.truncatedTo(ChronoUnit.MILLIS));
            }
        }
    }

    @Test
    void losesRepeatsAndExpiresNothing() throws IOException, InterruptedException {
        Set<String> seen = new HashSet<>();
        try (EmbeddedRegistry registry = EmbeddedRegistry.open(kafka)) {
            AvroSerde<SourceEvent> serde = AvroSerde.of(SourceEvent.class, registry, Topics.EVENTS_CLOUDTRAIL);
            for (int life = 0; life < LIVES; life++) {
                Process killed = startProcess();
                readUntil(seen, life * FILES * RECORDS / LIVES + 1, serde);
                killed.destroyForcibly().waitFor();
            }
            Process last = startProcess();
            readUntil(seen, FILES * RECORDS, serde);
            last.destroy();
            assertThat(last.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(last.exitValue()).isZero();
            assertThat(consumer.poll(Duration.ofSeconds(1)).isEmpty()).isTrue();
            assertThat(consumer.beginningOffsets(consumer.assignment()).values())
                    .containsOnly(0L);
        }
    }
}
