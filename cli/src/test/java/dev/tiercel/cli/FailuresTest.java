package dev.tiercel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.testkit.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailuresTest {
    @TempDir
    Path folder;

    @Test
    void aWrongCommandIsUsageAndSuggestsTheRightOne() {
        Run run = Run.of("rules", "chek");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err()).contains("Did you mean: rules check").contains("see tiercel rules --help");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void noCommandIsUsageAndShowsHelpOnStderr() {
        Run run = Run.of();
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err()).contains("Usage: tiercel");
    }

    @Test
    void everyWrongSettingIsNamed() {
        Run run = Run.of("detect", "--set", "detector.threads=many", "--set", "detector.thread=1");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err())
                .contains("detector.threads = many")
                .contains("detector.thread")
                .contains("did you mean detector.threads?");
    }

    @Test
    void aMissingRulesFileIsEnvironmentAndNamed() {
        Run run = Run.of("rules", "check", folder.resolve("none.yaml").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(run.err()).contains("none.yaml").doesNotContain("\tat ");
    }

    @Test
    void debugShowsWhere() {
        Run run =
                Run.of("rules", "check", "--debug", folder.resolve("none.yaml").toString());
        assertThat(run.err()).contains("\tat dev.tiercel");
    }

    @Test
    void aFileThatIsNoRecordingIsEnvironmentAndNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("x.kev"), "not a recording");
        Run run = Run.of("replay", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(run.err()).contains("x.kev").contains("is not a recording");
    }

    @Test
    void aBrokerThatDoesNotAnswerIsEnvironment() {
        Run run = Run.of(
                "alerts",
                "tail",
                "--bootstrap",
                "127.0.0.1:1",
                "--set",
                "kafka.default.api.timeout.ms=300",
                "--set",
                "kafka.request.timeout.ms=200");
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(run.err()).contains("no answer from Kafka at 127.0.0.1:1");
    }

    @Test
    void rulesThatDoNotCompileAreNoBeforeAnythingStarts() throws Exception {
        Path rules = Files.writeString(folder.resolve("bad.yaml"), "- rule: x\n  condition: evt.typ = open\n");
        Path recording = Checkout.root().resolve("cli/src/test/resources/samples/small.kev");
        Run run = Run.of("replay", recording.toString(), "--rules", rules.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.NO.number());
        assertThat(run.err()).contains("bad.yaml").doesNotContain("starting Kafka");
    }
}
