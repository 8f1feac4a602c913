package dev.tiercel.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesEvalCorrelationsTest {

    private static final long START = 1_767_225_600_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    private Path rules = Path.of("");

    @BeforeEach
    void writeRules() throws IOException {
        rules = folder.resolve("rules.yaml");
        Files.writeString(rules, """
                - signal: Started
                  condition: evt.type = execve
                - signal: Read
                  condition: evt.type = openat
                - correlation: Started then read
                  desc: d
                  type: temporal_ordered
                  steps:
                    - {id: start, rule: Started}
                    - {id: end, rule: Read}
                  group-by: [container.id]
                  timespan: 1m
                  output: "%start.proc.name read %end.fd.name"
                  priority: NOTICE
                - correlation: Started often
                  desc: d
                  type: event_count
                  rules: Started
                  group-by: [container.id]
                  timespan: 1m
                  condition: {gte: 3}
                  output: "%correlation.count starts"
                  priority: WARNING
                - correlation: Nothing read
                  desc: d
                  type: absence
                  steps:
                    - {id: start, rule: Started}
                    - {id: end, rule: Read}
                  group-by: [container.id]
                  timespan: 1m
                  output: nothing read
                  priority: ERROR
                """);
    }

    private static String event(long second, String type) {
        return "{\"evt.type\":\"%s\",\"evt.rawtime\":%d,\"container.id\":\"c\",\"proc.name\":\"sh\",\"fd.name\":\"/f\"}\n"
                .formatted(type, START + second * SECOND);
    }

    private Path file(String name, String... events) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("", events));
    }

    private Run eval(List<Path> files, String... options) {
        List<String> arguments = new ArrayList<>(List.of("rules", "eval", "--time-format-iso-8601", "-o", "text"));
        arguments.addAll(List.of(options));
        arguments.add("--rules");
        arguments.add(rules.toString());
        arguments.add("--events");
        files.forEach(file -> arguments.add(file.toString()));
        return Run.of(arguments.toArray(String[]::new));
    }

    @Test
    void alertsArePrintedWhenTheyAreRaised() throws IOException {
        Run run = eval(List.of(file("a", event(0, "execve"), event(5, "openat"), event(200, "close"))));

        assertThat(run.out()).isEqualTo("2026-01-01T00:00:05.000000000+0000: Notice sh read /f\n");
        assertThat(run.err()).contains("1  Started then read").doesNotContain("Started\n");
    }

    @Test
    void whatChangesIsPrintedAgainAsARevision() throws IOException {
        Run run = eval(
                List.of(file("a", event(0, "execve"), event(2, "execve"), event(3, "execve"), event(1, "execve"))));

        assertThat(run.out().lines())
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("00:00:03.000000000+0000: Warning 3 starts"),
                        second -> assertThat(second)
                                .contains("00:00:02.000000000+0000: Warning 3 starts (revision 1 of "));
    }

    @Test
    void theEndOfTheInputConcludesNothingUnlessAsked() throws IOException {
        List<Path> files = List.of(file("a", event(0, "execve"), event(50, "close")));

        Run open = eval(files);
        assertThat(open.out()).isEmpty();
        assertThat(open.err()).contains("--conclude does: Nothing read");
        Run concluded = eval(files, "--conclude");
        assertThat(concluded.out()).isEqualTo("2026-01-01T00:01:00.000000000+0000: Error nothing read\n");
        assertThat(concluded.err()).doesNotContain("--conclude");
    }

    @Test
    void aFileDoesNotMakeAnotherLate() throws IOException {
        Path later = file("later", event(30, "openat"), event(300, "close"));
        Path earlier = file("earlier", event(0, "execve"), event(400, "close"));

        assertThat(eval(List.of(later, earlier)).out())
                .isEqualTo("2026-01-01T00:00:30.000000000+0000: Notice sh read /f\n");
    }

    @Test
    void eventsInNoOrderAreForUnordered() throws IOException {
        List<Path> files = List.of(file("a", event(300, "close"), event(30, "openat"), event(0, "execve")));

        assertThat(eval(files).err()).contains("came too late").contains("--unordered");
        assertThat(eval(files, "--unordered").out())
                .isEqualTo("2026-01-01T00:00:30.000000000+0000: Notice sh read /f\n");
    }

    @Test
    void eventsWithoutATimeAreNotCorrelated() throws IOException {
        Run run = eval(List.of(file("a", "{\"evt.type\":\"execve\",\"container.id\":\"c\"}\n")));

        assertThat(run.err()).contains("have no time");
    }

    @Test
    void jsonNamesTheLinesOfTheEvidence() throws IOException {
        Run run = Run.of(
                "rules",
                "eval",
                "--rules",
                rules.toString(),
                "--events",
                file("a", event(0, "execve"), event(5, "openat")).toString());

        assertThat(run.out())
                .contains("\"rule\":\"Started then read\"")
                .contains("\"correlation.revision\":0")
                .contains("\"correlation.key\":[\"c\"]")
                .contains("a:1\",\"end ");
    }

    @Test
    void whatIsAppendedToOutputsIsAppendedToThoseOfCorrelations() throws IOException {
        List<Path> files = List.of(file("a", event(0, "execve"), event(5, "openat")));
        String added = "[{\"match\": {\"source\": \"correlation\"}, \"extra_output\": \"by %proc.name\"}]";
        assertThat(eval(files, "--append-output", added).err()).contains("setting 'detector.append-output'");
        added = "[{\"match\": {\"rule\": \"Started then read\"}, \"extra_output\": \"by %end.proc.name\"},"
                + "{\"extra_output\": \"only %proc.pid\"}]";
        assertThat(eval(files, "--append-output", added).out()).endsWith("Notice sh read /f by sh\n");
        assertThat(eval(files, "--append-output", "{}").err()).contains("--append-output is not a JSON list");
    }
}
