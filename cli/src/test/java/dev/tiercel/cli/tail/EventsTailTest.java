package dev.tiercel.cli.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.collector.Collector;
import dev.tiercel.collector.CollectorConfig;
import dev.tiercel.collector.capture.KevSource;
import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Settings;
import dev.tiercel.testkit.Checkout;
import dev.tiercel.testkit.TestBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EventsTailTest {
    private static final TestBroker BROKER = TestBroker.shared();

    @BeforeAll
    static void publishARecording() throws Exception {
        Topics.create(BROKER.admin(), 1);
        CollectorConfig config =
                CollectorConfig.from(Settings.of(Map.of("kafka.bootstrap.servers", BROKER.bootstrapServers())));
        KevSource source = KevSource.open(Checkout.root().resolve("cli/src/test/resources/samples/small.kev"));
        try (Collector collector = new Collector(config, source, new InMemoryRegistry())) {
            collector.start();
            collector.completion().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void printsTheEventsThatPassTheFilterInTheFormat() {
        Run run = tail(
                "--filter", "evt.type = openat and fd.name = /etc/shadow", "--format", "%proc.name opened %fd.name");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE.number());
        assertThat(run.out().lines()).isNotEmpty().allMatch("cat opened /etc/shadow"::equals);
    }

    @Test
    void printsEveryEventWithoutAFilter() {
        assertThat(tail().out().lines().count()).isGreaterThan(100);
    }

    @Test
    void printsFieldsAsJson() {
        Run run = tail(
                "--filter", "evt.type = execve and proc.name = cat", "--format", "%proc.name %fd.name", "-o", "json");
        assertThat(run.out().lines().findFirst().orElseThrow())
                .startsWith("{\"node\":\"sample\",\"time\":")
                .endsWith("\"proc.name\":\"cat\",\"fd.name\":null}");
    }

    @Test
    void endsAfterSoMany() {
        assertThat(tail("--count", "3").out().lines()).hasSize(3);
    }

    @Test
    void aWrongFilterIsUsageAndSaysWhere() {
        Run run = tail("--filter", "evt.typ = open");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err()).contains("evt.typ");
    }

    private static Run tail(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("events", "tail", "--bootstrap", BROKER.bootstrapServers(), "--no-follow"));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }
}
