package dev.tiercel.cli.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinksCommandTest {
    @TempDir
    private Path folder;

    private String file(String content) throws IOException {
        return Files.writeString(folder.resolve("sinks.yaml"), content).toString();
    }

    @Test
    void checkSaysOfEachOutputWhetherItCanBeReached() throws IOException {
        String file = file("""
                outputs:
                  - {name: archive, type: file, path: alerts}
                  - {name: nowhere, type: file, path: missing/alerts}
                  - {name: pager, type: program, command: [no-such-program]}
                """);
        Run run = Run.of("sinks", "check", file);
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED.number());
        assertThat(run.out()).isEqualTo("""
                archive              file       ok
                nowhere              file       cannot be reached: no such file or directory
                pager                program    cannot be reached: no program no-such-program that can be run
                3 outputs, 0 routes
                """);
        assertThat(folder.resolve("alerts")).as("nothing is sent").doesNotExist();
        assertThat(Run.of("sinks", "check", "--offline", file).exitCode()).isZero();
    }

    @Test
    void errorsHaveTheirPosition() throws IOException {
        String file = file("outputs: [{name: a, type: file, pth: x}]\n");
        for (String[] command : new String[][] {
            {"sinks", "check", file},
            {"sinks", "test", file, "a"},
            {"sink", file},
            {"up", "--sinks", file, "--data", folder.resolve("data").toString()}
        }) {
            Run run = Run.of(command);
            assertThat(run.exitCode()).as(command[0]).isEqualTo(ExitCode.CHECK_FAILED.number());
            assertThat(run.err())
                    .as(command[0])
                    .contains(file + ":1:33: ", "unknown key 'pth'", "did you mean 'path'?");
        }
        assertThat(folder.resolve("data")).as("nothing was started").doesNotExist();
        Run missing = Run.of("sinks", "check", folder.resolve("none").toString());
        assertThat(missing.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(missing.err()).contains("cannot read " + folder.resolve("none") + ": no such file or directory");
    }

    @Test
    void testSendsOneAlertThatSaysThatItIsATest() throws IOException {
        String file = file(
                "outputs: [{name: archive, type: file, path: alerts, format: text}]\nroutes: [{to: archive, when: alert.rule = Other}]\n");
        Run run = Run.of("sinks", "test", file, "archive");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).matches("output 'archive': test alert [0-9a-f]{32} has arrived\\R");
        assertThat(Files.readAllLines(folder.resolve("alerts")))
                .singleElement()
                .asString()
                .endsWith("Notice This is a test of output 'archive' of Tiercel. Nothing has happened.");
        assertThat(Run.of("sinks", "test", file, "other").err()).contains("no output 'other' in " + file + ": archive");
    }

    @Test
    void withoutAFileThereIsNothingToDo() {
        Run run = Run.of("sink", "--bootstrap", "127.0.0.1:1", "--registry", "http://127.0.0.1:1");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err()).contains("nothing to do: give a sinks file, or set sinks.file");
    }
}
