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
    static void oneAlertAndOneThatIsNone() {
        Topics.create(BROKER.admin(), 1);
        BROKER.send(Topics.ALERTS_JSON.name(), bytes("id-1"), bytes(ALERT));
        BROKER.send(Topics.ALERTS_JSON.name(), bytes("id-2"), bytes("not json"));
    }

    @Test
    void printsFalcosTextLineAndSaysWhatIsNoAlert() {
        Run run = tail();
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE.number());
        assertThat(run.out()).isEqualTo("10:00:00.000000000: Warning shadow read\n");
        assertThat(run.err()).contains("alerts.json-").contains("not JSON");
    }

    @Test
    void printsTheJsonAsItIs() {
        assertThat(tail("--output", "json").out().lines()).contains(ALERT);
    }

    @Test
    void endsAfterSoMany() {
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
