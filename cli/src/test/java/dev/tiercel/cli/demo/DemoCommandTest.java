package dev.tiercel.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.testkit.Golden;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
    @Test
    void listsWhatItWouldDo() {
        Run run = Run.of("demo", "--list");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.SUCCESS.number());
        Golden.check("demo/list.txt", run.out());
    }

    @Test
    void listsForPrograms() {
        assertThat(Run.of("demo", "--list", "--only", "log", "-o", "json").out())
                .startsWith("{\"action\":\"log\",\"rule\":\"Log cleared\",\"what\":")
                .hasLineCount(1);
    }

    @Test
    void anUnknownActionIsAUsageError() {
        Run run = Run.of("demo", "--list", "--only", "shel");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err()).contains("no action 'shel'; did you mean 'shell'?");
    }
}
