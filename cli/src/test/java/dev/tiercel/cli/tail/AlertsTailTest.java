package dev.tiercel.cli.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.schemas.Topics;
import dev.tiercel.testkit.TestBroker;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AlertsTailTest {
    private static final String ALERT =
            "{\"output\":\"10:00:00.000000000: Warning shadow read\",\"priority\":\"Warning\"}";
    private static final TestBroker BROKER = TestBroker.shared();

    @BeforeAll
    static void oneValidAndOneInvalidAlert() {
        Topics.create(BROKER.admin(), 1);
        BROKER.send(Topics.ALERTS_JSON.name(), bytes("id-1"), bytes(ALERT));
        BROKER.send(Topics.ALERTS_JSON.name(), bytes("id-2"), bytes("not json"));
    }

    @Test
    void printsFalcosTextAndReportsInvalidAlerts() {
        Run run = tail();
        assertThat(run.exitCode()).isEqualTo(ExitCode.SUCCESS.number());
        assertThat(run.out()).isEqualTo("10:00:00.000000000: Warning shadow read\n");
        assertThat(run.err()).contains("alerts.json-").contains("not JSON");
    }

    @Test
    void printsTheJsonUnchanged() {
        assertThat(tail("--output", "json").out().lines()).contains(ALERT);
    }

    @Test
    void endsAfterTheLimit() {
        Run run = Run.of(
                "alerts",
                "tail",
                "--bootstrap",
                BROKER.bootstrapServers(),
                "--from-beginning",
                "--count",
                "1",
                "-o",
                "json");
        assertThat(run.out().lines()).hasSize(1);
    }

    @Test
    void startsAtATime() {
        assertThat(tail("--since", "1h", "-o", "json").out().lines()).contains(ALERT);
        assertThat(tail("--since", "2100-01-01", "-o", "json").out()).isEmpty();
    }

    @Test
    void whatTheFilterRefusesIsNotPrinted() {
        assertThat(tail("--priority", "warning").out()).isNotEmpty();
        Run run = tail("--priority", "error");
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("not JSON");
    }

    private static Run tail(String... more) {
        String[] arguments = {"alerts", "tail", "--bootstrap", BROKER.bootstrapServers(), "--no-follow"};
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Run.of(all);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
