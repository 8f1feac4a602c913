package dev.tiercel.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.output.Colours;
import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.testkit.Golden;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoTourTest {
    private static final Instant TIME = Instant.parse("2100-01-01T00:00:00Z");
    private static final List<DemoAction> ACTIONS = List.of(action("first"), action("second"), action("third"));

    private final StringWriter printed = new StringWriter();

    /// Its rule is called as the action is.
    private static DemoAction action(String name) {
        return new DemoAction(name, false, "It does " + name + ".", "Who would?", "Rule " + name, name + "\n  --all");
    }

    private static DemoAlert alert(String line) {
        String rule = "Rule " + line.substring(0, line.indexOf('\n'));
        return FakeStage.alert(rule, FakeStage.CONTAINER, TIME);
    }

    private DemoPrinter printer(boolean json) {
        return new DemoPrinter(new PrintWriter(printed), Colours.NONE, json);
    }

    private List<DemoOutcome> tour(FakeStage stage, boolean asks, String typed, boolean json) {
        DemoRun run = new DemoRun(stage, stage, Duration.ofNanos(1));
        return DemoTour.of(run, printer(json), asks, new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)))
                .through(ACTIONS);
    }

    @ParameterizedTest
    @CsvSource({"'\n\n\n', 3", "'\ns\n\n', 2", "'\nq\n', 1", "'', 0", "'\n', 1", "'S\nQ\n', 0"})
    void theUserDecides(String typed, int performed) {
        FakeStage stage = new FakeStage(line -> List.of(alert(line)));
        assertThat(tour(stage, true, typed, false)).hasSize(performed);
        assertThat(stage.performed).hasSize(performed);
    }

    @Test
    void withoutATerminalNobodyIsAsked() {
        FakeStage stage = new FakeStage(line -> List.of(alert(line)));
        assertThat(tour(stage, false, "", false)).hasSize(3);
        assertThat(printed.toString()).doesNotContain("Enter");
    }

    @Test
    void whatIsDoneAndWhatCameOfItIsTold() {
        FakeStage stage = new FakeStage(line -> line.startsWith("second") ? List.of() : List.of(alert(line)));
        List<DemoOutcome> outcomes = tour(stage, true, "\n\n\n", false);
        printer(false).table(outcomes);
        Golden.check("demo/tour.txt", printed.toString());
    }

    @Test
    void programsReadAnObjectPerAction() {
        FakeStage stage = new FakeStage(line -> line.startsWith("second") ? List.of() : List.of(alert(line)));
        List<DemoOutcome> outcomes = tour(stage, false, "", true);
        printer(true).table(outcomes);
        Golden.check("demo/tour.json", printed.toString());
    }

    @Test
    void theExitCodeSaysWhetherAllArrived() {
        DemoOutcome arrived = new DemoOutcome(ACTIONS.get(0), Optional.of(alert("first\n")));
        DemoOutcome missing = new DemoOutcome(ACTIONS.get(1), Optional.empty());
        Console console = new Console(new PrintWriter(printed));
        assertThat(DemoCommand.exitCode(List.of(arrived), console)).isEqualTo(ExitCode.SUCCESS.number());
        assertThat(printed.toString()).isEmpty();
        assertThat(DemoCommand.exitCode(List.of(arrived, missing), console)).isEqualTo(ExitCode.CHECK_FAILED.number());
        assertThat(printed.toString())
                .contains("second")
                .doesNotContain("first")
                .contains("rules status");
    }

    /// A rule's text, or a program's name, may be made to forge a line or to steer the terminal.
    @Test
    void whatAnAlertSaysIsShownAndDoesNothing() {
        String hostile = "x\u001b[2J\r\n  Warning forged\u202e";
        DemoAlert alert = new DemoAlert(hostile, hostile, hostile, FakeStage.CONTAINER, TIME, TIME);
        printer(false).outcome(new DemoOutcome(ACTIONS.getFirst(), Optional.of(alert)));
        printer(true).outcome(new DemoOutcome(ACTIONS.getFirst(), Optional.of(alert)));
        assertThat(printed.toString()).doesNotContain("\u001b", "\r", "\u202e").contains("\\x1b[2J");
        assertThat(printed.toString().lines()).hasSize(3);
    }
}
