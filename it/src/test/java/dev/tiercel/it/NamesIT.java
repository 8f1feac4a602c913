package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Processes, programs, events and paths are called as Falco's sensor calls them: acts on this machine, judged by rules
/// that name them.
@Tag("kernel")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamesIT {
    private static final String RULES =
            ShortRules.printing("%proc.name %proc.pname %proc.exepath %evt.arg.ID %fs.path.name", """
            - rule: Made by a renamed child
              condition: evt.type in (open, openat, creat) and fd.name endswith /named-child and fd.name_changed = true
            - rule: Started from memory
              condition: evt.type = execve and proc.exepath = memfd:payload and evt.res = SUCCESS
            - rule: Started by execveat
              condition: evt.type = execveat and evt.res = SUCCESS
            - rule: Root changed
              condition: evt.type = pivot_root and syscall.type = pivot_root and proc.name = act
            - rule: Open that failed
              condition: evt.type in (open, openat) and evt.failed = true and fs.path.name endswith /none/gone
            """);

    private Path directory = Path.of("");
    private TiercelProcess tiercel;
    private AlertLog alerts;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        Machine.mustTrace();
        directory = temporary;
        Path rules = Files.writeString(temporary.resolve("names.yaml"), RULES);
        tiercel = TiercelProcess.up(temporary.resolve("data"), "--rules", rules.toString());
        alerts = new AlertLog(tiercel.client());
    }

    @AfterAll
    void stop() {
        if (tiercel != null) {
            alerts.close();
            tiercel.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Made by a renamed child | $act renamed-fork named-child            | proc.name     | renamed:[1]
            Started from memory     | $act memfd $act                          | proc.exepath  | memfd:payload
            Root changed            | $act pivot-root                          | evt.arg.ID    | pivot_root
            Open that failed        | cat none/../none//./gone 2>/dev/null; :  | fs.path.name  | DIR/none/gone
            """)
    void areFalcos(String rule, String line, String field, String value) {
        new Actor(directory).onHost(line);

        AlertLog.Seen alert = alerts.await(0, seen -> seen.rule().equals(rule), Duration.ofSeconds(20))
                .orElseThrow(() -> new AssertionError("no alert of " + rule + "; alerts: " + alerts.since(0)));

        assertThat(alert.field(field)).isEqualTo(value.replace("DIR", directory.toString()));
        assertThat(alerts.since(0)).extracting(AlertLog.Seen::rule).doesNotContain("Started by execveat");
    }
}
