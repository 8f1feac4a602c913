package dev.tiercel.cli.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.Json;
import dev.tiercel.service.PlainText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Keys of one correlation, of all instances, sorted.
///
/// @param about   the correlation, as one instance describes it
/// @param more    there are keys beyond those
/// @param missing ends a message; empty: every partition of `matches` answered
record StateKeys(JsonNode about, List<JsonNode> keys, boolean more, String missing) {
    static StateKeys of(List<StateClient.Answer> answers) {
        List<JsonNode> keys = new ArrayList<>();
        boolean more = false;
        for (StateClient.Answer answer : answers) {
            answer.body().path("keys").forEach(keys::add);
            more |= answer.body().path("more").asBoolean();
        }
        keys.sort(Comparator.comparing(StateKeys::name));
        return new StateKeys(answers.getFirst().body(), List.copyOf(keys), more, missing(answers));
    }

    /// `; partitions 3, 4 of topic matches did not answer: …`; empty: none is missing.
    static String missing(List<StateClient.Answer> answers) {
        Set<Integer> missing = new TreeSet<>();
        for (StateClient.Answer answer : answers) {
            for (int number = 0; number < answer.body().path("of").asInt(); number++) missing.add(number);
        }
        for (StateClient.Answer answer : answers) {
            answer.body().path("partitions").forEach(partition -> missing.remove(partition.asInt()));
        }
        return missing.isEmpty()
                ? ""
                : "; not seen: partitions %s of topic matches, which are at other instances (--at) or being moved"
                        .formatted(missing.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private static String name(JsonNode key) {
        List<String> parts = new ArrayList<>();
        key.path("key").forEach(part -> parts.add(part.asText()));
        return parts.isEmpty() ? "(all)" : String.join(" / ", parts);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    void print(PrintWriter out, int limit, boolean json) {
        if (json) {
            keys.stream().limit(limit).forEach(key -> out.println(json(about, key)));
            return;
        }
        List<String> groupBy = new ArrayList<>();
        about.path("group_by").forEach(part -> groupBy.add(part.asText()));
        out.println(PlainText.line("%s: %s %s within %d s%s"
                .formatted(
                        about.path("correlation").asText(),
                        about.path("type").asText(),
                        about.path("condition").asText(),
                        about.path("timespan_seconds").asLong(),
                        groupBy.isEmpty() ? "" : " by " + String.join(", ", groupBy))
                .replace("  ", " ")));
        StateTable table = new StateTable("KEY", "HOLDS", "SINCE", "UNTIL", StateTable.number("STATE"));
        for (JsonNode key : keys.subList(0, Math.min(limit, keys.size()))) {
            table.row(
                    name(key),
                    holds(key),
                    time(key, "since"),
                    time(key, "until"),
                    StateTable.size(key.path("bytes").asLong()));
        }
        if (!isEmpty()) table.print(out);
        keys.stream().filter(key -> key.has("learnt")).forEach(key -> printLearnt(out, key, limit));
        out.println(
                isEmpty()
                        ? "no key" + missing
                        : (more || keys.size() > limit ? "and more (--limit)" : "all keys") + missing);
    }

    /// Of one key that was asked for.
    private static void printLearnt(PrintWriter out, JsonNode key, int limit) {
        int size = key.path("learnt").size() + key.path("learnt_left_out").asInt();
        out.println(PlainText.line(
                "learns until %s; learnt %s".formatted(time(key, "learns_until"), Console.counted(size, "value"))));
        StateTable table = new StateTable("LAST SEEN", "VALUE");
        int shown = 0;
        for (JsonNode learnt : key.path("learnt")) {
            if (shown++ == limit) break;
            JsonNode value = learnt.path("value");
            table.row(time(learnt, "last"), value.isValueNode() ? value.asText() : value.toString());
        }
        table.print(out);
    }

    /// One key as a line of JSON.
    ///
    /// @param about the correlation, as an instance describes it
    static String json(JsonNode about, JsonNode key) {
        Json json = new Json().put("correlation", about.path("correlation"));
        key.properties().forEach(field -> json.put(field.getKey(), field.getValue()));
        return json.line();
    }

    /// `2`, or by step: `entered 1, read 0`; with what waits and what can still be revised.
    private static String holds(JsonNode key) {
        List<String> parts = new ArrayList<>();
        if (key.path("steps").size() > 1) {
            for (Map.Entry<String, JsonNode> step : key.path("steps").properties()) {
                parts.add(step.getKey() + " " + step.getValue().asInt());
            }
        } else {
            parts.add(key.path("held").asText());
        }
        if (key.path("waiting").asInt() > 0) parts.add(key.path("waiting").asInt() + " waiting");
        if (key.path("open_alerts").asInt() > 0)
            parts.add(key.path("open_alerts").asInt() + " alerted");
        return String.join(", ", parts);
    }

    private static String time(JsonNode key, String name) {
        String time = key.path(name).asText("");
        return time.isEmpty() || time.equals("null") ? "-" : time.replaceFirst("\\.\\d+Z$", "Z");
    }
}
