package dev.tiercel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.testkit.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "up",
                "collect",
                "detect",
                "rules",
                "rules check",
                "rules list",
                "rules fields",
                "rules eval",
                "rules explain",
                "rules format",
                "rules test",
                "rules schema",
                "alerts",
                "alerts tail",
                "events",
                "events tail",
                "record",
                "replay",
                "doctor"
            })
    void everyCommandExplainsItself(String command) {
        Run run = Run.of((command + " --help").strip().split(" "));
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE.number());
        assertThat(run.err()).isEmpty();
        Golden.check("help/" + (command.isEmpty() ? "tiercel" : command.replace(' ', '-')) + ".txt", run.out());
    }
}
