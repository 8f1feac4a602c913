package dev.tiercel.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesEvalSuppressTest {

    private static final long START = 1_767_225_600_000_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final String DAY = "2026-01-01T00:";
    private static final String ZONE = ".000000000+0000: ";

    private static final String RULE = """
            - rule: Started
              desc: d
              condition: evt.type = execve
              output: "%proc.name started"
              priority: NOTICE
              suppress: {by: [proc.name], for: 1m}
            """;
    private static final String CORRELATION = """
            - signal: Any start
              condition: evt.type = execve
            - correlation: Started twice
              desc: d
              type: event_count
              rules: Any start
              group-by: [proc.name]
              timespan: 30s
              condition: {gte: 2}
              output: "%proc.name twice"
              priority: WARNING
              suppress: {by: [proc.name], for: 5m}
            """;

    @TempDir
    Path folder;

    private static String event(long second, String type, String program) {
        return "{\"evt.type\":\"%s\",\"evt.rawtime\":%d,\"proc.name\":\"%s\"}\n"
                .formatted(type, START + second * SECOND, program);
    }

    private static String start(long second, String program) {
        return event(second, "execve", program);
    }

    private static String rest(long second) {
        return event(second, "close", "x");
    }

    private Run eval(String rules, List<String> events, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("rules", "eval", "--time-format-iso-8601"));
        arguments.addAll(List.of(options));
        arguments.add("--rules");
        arguments.add(Files.writeString(folder.resolve("rules.yaml"), rules).toString());
        arguments.add("--events");
        arguments.add(
                Files.writeString(folder.resolve("a"), String.join("", events)).toString());
        return Run.of(arguments.toArray(String[]::new));
    }

    private List<String> lines(String rules, List<String> events, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("-o", "text"));
        all.addAll(List.of(options));
        return eval(rules, events, all.toArray(String[]::new)).out().lines().toList();
    }

    @Test
    void theFirstIsPrintedAtOnceAndAgainWhenItsTimeIsOver() throws IOException {
        assertThat(lines(
                        RULE,
                        List.of(start(0, "sh"), start(10, "ls"), start(20, "sh"), rest(66), start(70, "sh"), rest(71))))
                .containsExactly(
                        DAY + "00:00" + ZONE + "Notice sh started",
                        DAY + "00:10" + ZONE + "Notice ls started",
                        DAY + "00:00" + ZONE + "Notice sh started (2 alerts until 2026-01-01T00:00:20Z)",
                        DAY + "01:10" + ZONE + "Notice sh started");
    }

    @Test
    void whatIsOpenAtTheEndOfTheInputSaysSo() throws IOException {
        List<String> events = List.of(start(0, "sh"), start(10, "sh"));
        assertThat(lines(RULE, events))
                .containsExactly(
                        DAY + "00:00" + ZONE + "Notice sh started",
                        DAY + "00:00" + ZONE
                                + "Notice sh started (2 alerts until 2026-01-01T00:00:10Z, where the input ended)");
        assertThat(lines(RULE, events, "--conclude").getLast()).endsWith("(2 alerts until 2026-01-01T00:00:10Z)");
    }

    @Test
    void anEarlierAlertTakesThePlaceOfTheFirst() throws IOException {
        assertThat(lines(RULE, List.of(start(4, "sh"), start(3, "sh"), rest(100))))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(DAY + "00:04" + ZONE + "Notice sh started"),
                        again -> assertThat(again)
                                .startsWith(DAY + "00:03" + ZONE + "Notice sh started (revision 1 of ")
                                .contains("a:1:"),
                        closing -> assertThat(closing).startsWith(DAY + "00:03").contains("(2 alerts until"));
    }

    @Test
    void alertsOfCorrelationsAreFoldedToo() throws IOException {
        List<String> events = List.of(start(0, "sh"), start(1, "sh"), start(2, "sh"), start(3, "sh"), rest(60));
        assertThat(lines(CORRELATION, events))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(DAY + "00:01" + ZONE + "Warning sh twice"),
                        closing -> assertThat(closing)
                                .startsWith(DAY + "00:01" + ZONE + "Warning sh twice (revision 1 of ")
                                .endsWith("(2 alerts until 2026-01-01T00:00:03Z, where the input ended)"));
        assertThat(lines(CORRELATION, events, "--conclude").getLast())
                .endsWith("(2 alerts until 2026-01-01T00:00:03Z)");
    }

    @Test
    void eventsWithoutATimeAreNotFolded() throws IOException {
        String event = "{\"evt.type\":\"execve\",\"proc.name\":\"sh\"}\n";
        assertThat(lines(RULE, List.of(event, event))).hasSize(2);
    }

    @Test
    void jsonHasTheNumberAndWhatItIsOf() throws IOException {
        List<String> lines = eval(RULE, List.of(start(0, "sh"), start(10, "sh")))
                .out()
                .lines()
                .toList();
        assertThat(lines.getFirst()).contains("\"suppress.key\":[\"sh\"]").doesNotContain("repeats");
        assertThat(lines.getLast())
                .contains("\"suppress.repeats\":2")
                .contains("\"suppress.open\":true")
                .contains("\"suppress.revision\":1");
    }
}
