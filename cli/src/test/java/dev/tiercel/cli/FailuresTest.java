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
    void anUnknownCommandIsAUsageErrorWithASuggestion() {
        Run run = Run.of("rules", "chek");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err()).contains("Did you mean: rules check").contains("see tiercel rules --help");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aMissingCommandIsAUsageErrorWithHelpOnStderr() {
        Run run = Run.of();
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err()).contains("Usage: tiercel");
    }

    @Test
    void everyInvalidSettingIsReported() {
        Run run = Run.of("detect", "--set", "detector.threads=many", "--set", "detector.thread=1");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err())
                .contains("detector.threads = many")
                .contains("detector.thread")
                .contains("did you mean detector.threads?");
    }

    @Test
    void aMissingRulesFileIsAnEnvironmentErrorThatNamesIt() {
        Run run = Run.of("rules", "check", folder.resolve("none.yaml").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(run.out())
                .isEqualTo(folder.resolve("none.yaml")
                        + ": error[LOAD_ERR_FILE_READ]: cannot be read: no such file or directory\n");
        assertThat(run.err()).doesNotContain("\tat ");
    }

    @Test
    void debugPrintsTheStackTrace() {
        Run run =
                Run.of("rules", "list", "--debug", "--rules", folder.resolve("none.yaml").toString());
        assertThat(run.err()).contains("\tat dev.tiercel");
    }

    @Test
    void aFileThatIsNotARecordingIsAnEnvironmentErrorThatNamesIt() throws Exception {
        Path file = Files.writeString(folder.resolve("x.kev"), "not a recording");
        Run run = Run.of("replay", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(run.err()).contains("x.kev").contains("is not a recording");
    }

    @Test
    void anUnreachableBrokerIsAnEnvironmentError() {
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
    void rulesThatDoNotCompileFailBeforeAnythingStarts() throws Exception {
        Path rules = Files.writeString(folder.resolve("bad.yaml"), "- rule: x\n  condition: evt.typ = open\n");
        Path recording = Checkout.root().resolve("cli/src/test/resources/samples/small.kev");
        Run run = Run.of("replay", recording.toString(), "--rules", rules.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED.number());
        assertThat(run.err()).contains("bad.yaml").doesNotContain("starting Kafka");
    }
}
