package dev.tiercel.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.UndeliveredAlert;
import dev.tiercel.service.Metrics;
import dev.tiercel.sinks.alert.TestAlerts;
import dev.tiercel.testkit.TestBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a broker. Each test has outputs of its own, and so groups; the topics are shared.
final class SinksTest {
    private static final TestBroker BROKER = TestBroker.shared();
    private static final Map<String, String> KAFKA = Map.of("bootstrap.servers", BROKER.bootstrapServers());
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static EmbeddedRegistry registry;
    private static AvroSerde<Alert> alerts;

    private final Metrics metrics = new Metrics();
    private final String output = TestBroker.unique("out");

    @TempDir
    private Path folder;

    @BeforeAll
    static void createTopics() {
        Topics.create(
                BROKER.admin(),
                1,
                List.of(Topics.ALERTS, Topics.ALERTS_UNDELIVERED, Topics.ALERTS_REDELIVER, Topics.SCHEMAS));
        registry = EmbeddedRegistry.open(KAFKA);
        alerts = AvroSerde.of(Alert.class, registry, Topics.ALERTS);
    }

    @AfterAll
    static void closeRegistry() {
        registry.close();
    }

    @AfterEach
    void closeMetrics() {
        metrics.close();
    }

    private Path file(String content) throws IOException {
        Path staged = Files.writeString(folder.resolve("sinks.new"), content.replace("OUT", output));
        return Files.move(staged, folder.resolve("sinks.yaml"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private Sinks sinks(Path file) {
        return new Sinks(file, new Sinks.Clients(KAFKA, registry, metrics, "latest"));
    }

    private void publish(int from, int to) {
        IntStream.range(from, to).forEach(number -> {
            String id = output + "-" + number;
            BROKER.send(
                    Topics.ALERTS.name(),
                    id.getBytes(StandardCharsets.UTF_8),
                    alerts.write(TestAlerts.alert(id).build()));
        });
    }

    private List<String> lines(String name) throws IOException {
        Path path = folder.resolve(name);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }

    private List<String> ours(String name) {
        try {
            return lines(name).stream()
                    .filter(line -> line.contains(output + "-"))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition, String what) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void alertsAfterTheStartArriveAndARestartGoesOn() throws IOException, InterruptedException {
        publish(0, 5);
        Path file = file("outputs: [{name: OUT, type: file, path: alerts}]");
        try (Sinks sinks = sinks(file)) {
            sinks.start();
            publish(5, 25);
            await(() -> ours("alerts").size() == 20, "twenty arrive");
            await(() -> sinks.check().healthy(), "it is well");
        }
        publish(25, 30);
        try (Sinks again = sinks(file)) {
            again.start();
            await(() -> ours("alerts").size() == 25, "five more arrive");
        }
        assertThat(ours("alerts")).noneMatch(line -> line.contains(output + "-4\""));
    }

    @Test
    void twoProcessesShareTheAlerts() throws IOException, InterruptedException {
        Path file = file("outputs: [{name: OUT, type: file, path: alerts}]");
        try (Sinks one = sinks(file);
                Sinks two = sinks(file)) {
            one.start();
            two.start();
            publish(0, 40);
            await(() -> ours("alerts").stream().distinct().count() == 40, "all arrive");
        }
    }

    @Test
    void aDeadOutputDelaysNoOtherAndIsTriedAgain() throws IOException, InterruptedException {
        Path file = file("""
                outputs:
                  - {name: OUT, type: file, path: alerts}
                  - {name: dead-OUT, type: file, path: missing/alerts}
                """);
        try (Sinks sinks = sinks(file)) {
            sinks.start();
            publish(0, 10);
            await(() -> ours("alerts").size() == 10, "the other is not delayed");
            Files.createDirectory(folder.resolve("missing"));
            await(() -> ours("missing/alerts").size() == 10, "it arrives once it can");
        }
    }

    @Test
    void aChangedFileIsInForceUnlessItHasErrors() throws IOException, InterruptedException {
        Path file = file("outputs: [{name: OUT, type: file, path: first}]");
        try (Sinks sinks = sinks(file)) {
            sinks.start();
            publish(0, 3);
            await(() -> ours("first").size() == 3, "the first file is in force");
            file("outputs: [{name: OUT, type: nonsense}]");
            await(() -> !sinks.check().healthy(), "the error is told");
            publish(3, 5);
            await(() -> ours("first").size() == 5, "it stays in force");
            file("outputs: [{name: OUT, type: file, path: second}]");
            await(() -> sinks.check().healthy(), "the new one is in force");
            publish(5, 8);
            await(() -> ours("second").size() == 3, "alerts go to the second");
        }
        assertThat(ours("first")).hasSize(5);
    }

    @Test
    void whatIsGivenUpIsOnItsTopicAndComesAgain() throws IOException, InterruptedException {
        Path refusing = file("outputs: [{name: OUT, type: file, path: no/alerts, give-up-after: 1ms}]");
        try (Sinks sinks = sinks(refusing)) {
            sinks.start();
            publish(0, 1);
            await(() -> !undelivered().isEmpty(), "it is given up");
        }
        UndeliveredAlert given = AvroSerde.of(UndeliveredAlert.class, registry, Topics.ALERTS_UNDELIVERED)
                .read(undelivered().getFirst().value());
        assertThat(given.getId()).isEqualTo(output + "-0");
        assertThat(given.getReason()).isEqualTo("no such file or directory");
        BROKER.send(
                Topics.ALERTS_REDELIVER.name(),
                output.getBytes(StandardCharsets.UTF_8),
                undelivered().getFirst().value());
        try (Sinks sinks = sinks(file(
                "outputs: [{name: OUT, type: file, path: alerts}]\nroutes: [{to: OUT, when: alert.rule = None}]"))) {
            sinks.start();
            await(() -> ours("alerts").size() == 1, "it comes again");
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> undelivered() {
        List<ConsumerRecord<byte[], byte[]>> own = new ArrayList<>(BROKER.readAll(Topics.ALERTS_UNDELIVERED.name()));
        own.removeIf(record -> !output.equals(new String(record.key(), StandardCharsets.UTF_8)));
        return own;
    }

    @Test
    void aFileWithErrorsIsRefused() throws IOException {
        Path file = file("outputs: [{name: OUT, type: fil, path: x}]");
        assertThatThrownBy(() -> sinks(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean 'file'?");
        assertThatThrownBy(() -> sinks(folder.resolve("none")))
                .hasMessage("cannot read " + folder.resolve("none") + ": no such file or directory");
    }
}
