package dev.tiercel.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.sinks.alert.TestAlerts;
import dev.tiercel.testkit.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that delivers is killed in the middle of it: nothing is missing.
final class SinksKillTest {
    private static final TestBroker BROKER = TestBroker.shared();
    private static final int ALERTS = 5_000;
    private static final int FEW = 300;
    private static final int KILLS = 1;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*)\"");

    @TempDir
    private Path folder;

    @BeforeAll
    static void createTopics() {
        Topics.create(
                BROKER.admin(),
                1,
                List.of(Topics.ALERTS, Topics.ALERTS_UNDELIVERED, Topics.ALERTS_REDELIVER, Topics.SCHEMAS));
    }

    @Test
    void everyAlertArrives() throws IOException, InterruptedException {
        String output = TestBroker.unique("killed");
        Files.writeString(
                folder.resolve("sinks.yaml"),
                // a line at a time, so that a kill is between two of a poll
                "outputs: [{name: " + output + ", type: program, batch: 1, command: [sh, -c, 'cat >> " + file()
                        + "']}]");
        publish(output, FEW);
        for (int kill = 1; kill <= KILLS; kill++) {
            int enough = ids(output).size() + 10;
            Process process = start();
            await(() -> ids(output).size() >= enough, "kill " + kill);
            process.destroyForcibly().waitFor();
        }
        assertThat(ids(output)).as("killed in the middle").hasSizeLessThan(FEW);
        Process last = start();
        try {
            await(() -> ids(output).size() == FEW, "all arrive");
        } finally {
            last.destroyForcibly().waitFor();
        }
    }

    @Test
    void aFileHasWholeLines() throws IOException, InterruptedException {
        String output = TestBroker.unique("written");
        Files.writeString(
                folder.resolve("sinks.yaml"), "outputs: [{name: " + output + ", type: file, path: " + file() + "}]");
        publish(output, ALERTS);
        Process first = start();
        await(() -> !ids(output).isEmpty(), "some arrive");
        first.destroyForcibly().waitFor();
        Process second = start();
        try {
            await(() -> ids(output).size() == ALERTS, "all arrive");
        } finally {
            second.destroyForcibly().waitFor();
        }
        assertThat(Files.readAllLines(file()))
                .allMatch(line -> line.startsWith("{\"hostname\":") && line.endsWith("Z\"}"));
    }

    private Path file() {
        return folder.resolve("alerts");
    }

    private static void publish(String prefix, int count) {
        try (EmbeddedRegistry registry = EmbeddedRegistry.open(Map.of("bootstrap.servers", BROKER.bootstrapServers()));
                Producer<byte[], byte[]> producer = BROKER.producer(Map.of())) {
            AvroSerde<Alert> serde = AvroSerde.of(Alert.class, registry, Topics.ALERTS);
            IntStream.range(0, count).forEach(number -> {
                String id = prefix + "-" + number;
                var _ = producer.send(new ProducerRecord<>(
                        Topics.ALERTS.name(),
                        id.getBytes(StandardCharsets.UTF_8),
                        serde.write(TestAlerts.alert(id).build())));
            });
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SinksProcess.class.getName(),
                        BROKER.bootstrapServers(),
                        folder.resolve("sinks.yaml").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    /// Of the alerts of this test that have arrived.
    private Set<String> ids(String prefix) {
        try {
            if (!Files.exists(file())) return Set.of();
            return Files.readAllLines(file()).stream()
                    .map(ID::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .filter(id -> id.startsWith(prefix + "-"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition, String what) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
