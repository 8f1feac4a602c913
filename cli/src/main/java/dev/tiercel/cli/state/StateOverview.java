package dev.tiercel.cli.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.Json;
import dev.tiercel.service.PlainText;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// How all correlations stand, summed over instances; those with the most state first.
record StateOverview(List<StateOverview.Line> lines, String missing) {
    /// Of one correlation.
    ///
    /// @param behind seconds from its watermark to now, the most; negative: not known
    /// @param quarantine why an instance leaves it out, and until when; empty: none does
    record Line(
            String name,
            String type,
            long keys,
            long bytes,
            long matches,
            long alerts,
            long late,
            double behind,
            String quarantine) {
        private static Line of(JsonNode json) {
            return new Line(
                    json.path("correlation").asText(),
                    json.path("type").asText(),
                    json.path("keys").asLong(),
                    json.path("bytes").asLong(),
                    json.path("matches").asLong(),
                    json.path("alerts").asLong(),
                    json.path("late").asLong(),
                    json.path("behind_seconds").asDouble(-1),
                    quarantine(json));
        }

        private static String quarantine(JsonNode json) {
            String why = json.path("quarantine").asText("");
            return why.isEmpty()
                    ? ""
                    : why + ", until " + json.path("quarantine_until").asText("");
        }

        private Line with(Line other) {
            return new Line(
                    name,
                    type,
                    keys + other.keys,
                    bytes + other.bytes,
                    matches + other.matches,
                    alerts + other.alerts,
                    late + other.late,
                    behind < 0 || other.behind < 0 ? -1 : Math.max(behind, other.behind),
                    quarantine.isEmpty() ? other.quarantine : quarantine);
        }

        private String json() {
            return new Json()
                    .put("correlation", name)
                    .put("type", type)
                    .put("keys", keys)
                    .put("bytes", bytes)
                    .put("matches", matches)
                    .put("alerts", alerts)
                    .put("late", late)
                    .putNullable("behind_seconds", behind < 0 ? null : behind)
                    .putNullable("quarantine", quarantine.isEmpty() ? null : quarantine)
                    .line();
        }
    }

    static StateOverview of(List<StateClient.Answer> answers) {
        Map<String, Line> byName = new TreeMap<>();
        for (StateClient.Answer answer : answers) {
            for (JsonNode one : answer.body().path("correlations")) {
                Line line = Line.of(one);
                byName.merge(line.name(), line, Line::with);
            }
        }
        Comparator<Line> most = Comparator.comparingLong(line -> -line.bytes());
        return new StateOverview(
                byName.values().stream().sorted(most.thenComparing(Line::name)).toList(), StateKeys.missing(answers));
    }

    void print(PrintWriter out, boolean json) {
        if (json) {
            lines.forEach(line -> out.println(line.json()));
            return;
        }
        StateTable table = new StateTable(
                "CORRELATION",
                "TYPE",
                StateTable.number("KEYS"),
                StateTable.number("STATE"),
                StateTable.number("MATCHES"),
                StateTable.number("ALERTS"),
                StateTable.number("LATE"),
                StateTable.number("BEHIND"));
        for (Line line : lines) {
            table.row(
                    line.name(),
                    line.type(),
                    line.keys(),
                    StateTable.size(line.bytes()),
                    line.matches(),
                    line.alerts(),
                    line.late(),
                    line.behind() < 0 ? "-" : String.format(Locale.ROOT, "%.0f s", line.behind()));
        }
        table.print(out);
        for (Line line : lines) {
            if (!line.quarantine().isEmpty()) {
                out.println(PlainText.line("left out: " + line.name() + ": " + line.quarantine()));
            }
        }
        out.println(Console.counted(lines.size(), "correlation") + missing);
    }
}
