package dev.tiercel.cli.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.broker.BrokerAccess;
import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.collector.Collector;
import dev.tiercel.collector.CollectorConfig;
import dev.tiercel.collector.capture.KevSource;
import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.registry.RegistryCredentials;
import dev.tiercel.registry.RegistryServer;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Settings;
import dev.tiercel.testkit.Checkout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensorsTailTest {
    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static RegistryServer registry;

    @BeforeAll
    static void publishARecording() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0, BrokerAccess.anyone());
        InMemoryRegistry schemas = new InMemoryRegistry();
        registry = RegistryServer.start(schemas, 0, new RegistryCredentials.Anonymous());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Topics.create(admin, 1);
        }
        CollectorConfig config = CollectorConfig.from(Settings.of(Map.of(
                "kafka.bootstrap.servers",
                broker.bootstrapServers(),
                "collector.state-dir",
                folder.resolve("collector").toString())));
        KevSource source = KevSource.open(Checkout.root().resolve("cli/src/test/resources/samples/small.kev"));
        try (Collector collector = new Collector(config, source, schemas)) {
            collector.start();
            collector.completion().get(30, TimeUnit.SECONDS);
        }
    }

    @AfterAll
    static void stop() {
        registry.close();
        broker.close();
    }

    @Test
    void aReportIsALine() {
        Run run = tail();
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.SUCCESS.number());
        assertThat(run.out().lines())
                .isNotEmpty()
                .allMatch(line -> line.matches("\\S+Z sample: drained \\d+, published \\d+, state \\d+, ignored \\d+,"
                        + " pending \\d+, lost \\d+ in the kernel and \\d+ in the collector; .*"));
    }

    @Test
    void asJsonItIsTheWholeRecord() throws Exception {
        String last = tail("-o", "json").out().lines().reduce("", (earlier, later) -> later);
        JsonNode report = new ObjectMapper().readTree(last);
        assertThat(report.path("node").asText()).isEqualTo("sample");
        assertThat(report.path("drained").asLong()).isPositive();
        assertThat(report.has("outages")).isTrue();
    }

    @Test
    void aRegistryThatDoesNotAnswerIsNamed() {
        Run run = tail("--registry", "http://127.0.0.1:1");
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(run.err()).contains("127.0.0.1:1");
    }

    private static Run tail(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "sensors",
                "tail",
                "--no-follow",
                "--bootstrap",
                broker.bootstrapServers(),
                "--registry",
                registry.uri().toString()));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }
}
