package dev.tiercel.it;

import dev.tiercel.schemas.avro.Alert;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What tells on a correlation of ours, and the alert that must come of it: a stanza of `correlations.txt`.
///
/// @param deeds in their order; empty: it is in the logs from the beginning
/// @param expected of the alert, each a regular expression for the whole value ([#value])
record Story(String correlation, List<Deed> deeds, Map<String, String> expected) {

    /// @param where its first word names the kind
    record Deed(String where, String what) {}

    static List<Story> all() {
        try {
            String text = Files.readString(Machine.root("it/src/test/resources/correlations.txt"));
            List<Story> stories = new ArrayList<>();
            for (String stanza : text.split("\n\n", -1)) {
                List<String> lines = stanza.lines()
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .toList();
                if (!lines.isEmpty()) stories.add(story(lines));
            }
            return stories;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Story story(List<String> lines) {
        List<Deed> deeds = new ArrayList<>();
        Map<String, String> expected = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            boolean indented = line.startsWith("  ");
            String[] parts = line.strip().split(indented ? "=" : ": ", 2);
            if (indented) {
                expected.put(parts[0], parts[1]);
            } else {
                deeds.add(new Deed(parts[0], parts[1]));
            }
        }
        return new Story(lines.getFirst().substring("correlation: ".length()), deeds, expected);
    }

    boolean fits(Alert alert) {
        return alert.getRule().equals(correlation)
                && expected.entrySet().stream()
                        .allMatch(entry -> value(alert, entry.getKey()).matches(entry.getValue()));
    }

    private static String value(Alert alert, String name) {
        return switch (name) {
            case "priority" -> alert.getPriority();
            case "key" -> String.join("/", alert.getKey());
            case "steps" -> String.join(",", alert.getSteps());
            case "count" -> String.valueOf(alert.getCount()).replaceFirst("\\.0$", "");
            case "output" -> alert.getOutput();
            default ->
                alert.getOutputFields().stream()
                        .filter(field -> field.getName().equals(name))
                        .map(field -> String.valueOf(field.getValue()))
                        .findFirst()
                        .orElse("<no such field>");
        };
    }

    @Override
    public String toString() {
        return correlation;
    }
}
