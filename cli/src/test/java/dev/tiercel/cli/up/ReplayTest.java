package dev.tiercel.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.testkit.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole pipeline over the recording that ships with the tests, in this process.
class ReplayTest {
    private static final Path RECORDING = Checkout.root().resolve("cli/src/test/resources/samples/small.kev");

    @TempDir
    Path folder;

    @Test
    void replayPrintsTheAlertsOfARecordingAndLeavesNothingBehind() throws Exception {
        List<Path> before = temporaries();
        Run run = Run.of("replay", RECORDING.toString(), "--rules", rules().toString(), "--output", "json");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE.number());
        JsonNode alert =
                new ObjectMapper().readTree(run.out().lines().findFirst().orElseThrow());
        assertThat(alert.path("rule").textValue()).isEqualTo("Anything executed");
        assertThat(alert.path("output_fields").path("proc.name").textValue()).isNotEmpty();
        assertThat(temporaries()).isEqualTo(before);
    }

    @Test
    void upOverARecordingSaysWhatIsWatchedAndStopsInOrder() throws Exception {
        Run run = Run.of(
                "up",
                "--replay",
                RECORDING.toString(),
                "--exit",
                "--data",
                folder.resolve("data").toString(),
                "--port",
                "0",
                "--registry-port",
                "0",
                "--rules",
                rules().toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE.number());
        assertThat(run.err())
                .containsPattern(
                        "watching recording .*small.kev.*; 1 rule loaded; broker 127.0.0.1:\\d+ with topics events.syscall")
                .containsPattern("stopped; \\d+ alerts? printed");
        assertThat(run.out()).contains("Notice executed ");
        assertThat(folder.resolve("data/tiercel.log")).exists();
    }

    private Path rules() throws Exception {
        return Files.writeString(folder.resolve("rules.yaml"), """
                - rule: Anything executed
                  desc: every program that is started
                  condition: evt.type in (execve, execveat) and evt.res = SUCCESS
                  output: executed %proc.name by %proc.pname
                  priority: NOTICE
                """);
    }

    private static List<Path> temporaries() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("tiercel-replay"))
                    .sorted()
                    .toList();
        }
    }
}
