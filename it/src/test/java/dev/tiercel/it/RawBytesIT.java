package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names and arguments that are not UTF-8, made for real, are judged by their bytes, and shown as Unicode: from the
/// kernel through batch, topic and rule to the alert.
@Tag("kernel")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawBytesIT {
    private static final String RULES =
            ShortRules.printing("%proc.name %proc.cmdline %proc.cwd %fd.name %fd.filename %evt.arg.path", """
            - macro: writes
              condition: evt.type in (open, openat, openat2, creat) and evt.is_open_write = true
            - macro: starts
              condition: evt.type in (execve, execveat)
            - rule: Present before
              condition: >
                writes and fd.name endswith "/cwd\\xff/made" and proc.name = "old\\xff"
                and proc.exepath endswith "/old\\xff" and proc.cwd endswith "/cwd\\xff/"
            - rule: Name ff
              condition: writes and fd.name endswith "/raw-\\xff"
            - rule: Name fe
              condition: writes and fd.filename = "raw-\\xfe"
            - rule: Half a character
              condition: writes and fd.name contains "/half-\\xc3" and not fd.name contains "half-\\xc3\\xaa"
            - rule: Any byte
              condition: writes and fd.filename glob "one-?"
            - rule: Name of a program
              condition: starts and proc.name = "comm\\xff" and proc.exepath endswith "/comm\\xff"
            - rule: Argument
              condition: starts and proc.args contains "=\\xfe\\xc3" and proc.cmdline endswith "=\\xfe\\xc3"
            - rule: Path of a call
              condition: evt.type in (mkdir, mkdirat) and evt.arg.path endswith "made-\\xfd"
            """);

    private Path directory = Path.of("");
    private TiercelProcess tiercel;
    private AlertLog alerts;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        Machine.mustTrace();
        directory = temporary;
        Path rules = Files.writeString(temporary.resolve("raw.yaml"), RULES);
        Process before = presentBefore();
        tiercel = TiercelProcess.up(temporary.resolve("data"), "--rules", rules.toString());
        alerts = new AlertLog(tiercel.client());
        try (OutputStream go = before.getOutputStream()) {
            go.write('\n');
        }
    }

    /// A program with a name and a current directory that are not UTF-8, which makes a file there once it reads a line.
    private Process presentBefore() throws IOException {
        String line = "cp /bin/bash $'old\\xff'; mkdir $'cwd\\xff'; cd $'cwd\\xff';"
                + " exec ../$'old\\xff' -c 'read line; : > made'";
        return new ProcessBuilder("bash", "-c", "cd " + directory + "; " + line).start();
    }

    @AfterAll
    void stop() {
        if (tiercel != null) {
            alerts.close();
            tiercel.close();
        }
    }

    @Test
    void judgesWhatWasThereBefore() {
        assertThat(only("Present before").field("fd.name")).endsWith("/cwd\uFFFD/made");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Name ff           | : > $'raw-\\xff'                                       | fd.name      | .*/raw-\uFFFD
            Name fe           | : > $'raw-\\xfe'                                       | fd.filename  | raw-\uFFFD
            Half a character  | : > half-é                                             | fd.filename  | half-é
            Any byte          | : > $'one-\\xa9'; : > one-é                            | fd.filename  | one-\uFFFD
            Name of a program | cp /bin/true $'comm\\xff'; ./$'comm\\xff'              | proc.name    | comm\uFFFD
            Argument          | /bin/true $'arg=\\xfe\\xc3'                            | proc.cmdline | .* arg=\uFFFD\uFFFD
            Path of a call    | mkdir $'made-\\xfd'                                    | evt.arg.path | .*/made-\uFFFD
            """)
    void judgesBytesAndShowsUnicode(String rule, String line, String field, String shown) {
        Machine.run(List.of("bash", "-c", "cd " + directory + "; " + line));
        assertThat(only(rule).field(field)).matches(shown);
    }

    private AlertLog.Seen only(String rule) {
        AlertLog.Seen alert = alerts.await(0, seen -> seen.rule().equals(rule), Duration.ofSeconds(20))
                .orElseThrow(() -> new AssertionError("no alert of " + rule + "; alerts: " + alerts.since(0)));
        tiercel.awaitOut("Warning seen");
        assertThat(alert.json().toString().codePoints()).noneMatch(c -> c >= 0x10FF80);
        assertThat(String.join("\n", tiercel.out()).codePoints()).noneMatch(c -> c >= 0x10FF80);
        assertThat(alerts.since(0)).filteredOn(seen -> seen.rule().equals(rule)).hasSize(1);
        return alert;
    }
}
