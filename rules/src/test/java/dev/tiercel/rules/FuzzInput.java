package dev.tiercel.rules;

import dev.tiercel.testkit.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the fuzz targets read: a text and, below a line `---`, an event of lines `field=value`.
///
/// A value in parentheses is a list, one of up to 18 digits a number.
///
/// @param events the event given, and one without any value
record FuzzInput(String text, List<Map<String, Object>> events) {

    private static final String SEPARATOR = "\n---\n";

    FuzzInput {
        events = List.copyOf(events);
    }

    static FuzzInput of(byte[] bytes) {
        String input = new String(bytes, StandardCharsets.UTF_8);
        int end = input.indexOf(SEPARATOR);
        String text = end < 0 ? input : input.substring(0, end);
        String event = end < 0 ? "" : input.substring(end + SEPARATOR.length());
        return new FuzzInput(text, List.of(event(event), Map.of()));
    }

    private static Map<String, Object> event(String lines) {
        Map<String, Object> fields = new LinkedHashMap<>();
        lines.lines().limit(200).forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.put(line.substring(0, equals), value(line.substring(equals + 1)));
            }
        });
        return fields;
    }

    private static Object value(String text) {
        if (text.startsWith("(") && text.endsWith(")")) {
            return new ArrayList<>(List.of(text.substring(1, text.length() - 1).split(",", -1)));
        }
        boolean number = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? (Object) Long.parseLong(text) : text;
    }

    /// The committed inputs of a target: seeds, and what once failed.
    static List<byte[]> seeds(String target) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Path file : files(target)) {
            seeds.add(Files.readAllBytes(file));
        }
        return seeds;
    }

    static List<Path> files(String target) throws IOException {
        Path folder = Checkout.root().resolve("rules/src/test/resources/fuzz").resolve(target);
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /// Fails with `what` and the values that show it.
    static void check(boolean holds, String what, Object... values) {
        if (!holds) {
            throw new AssertionError(what + ": " + List.of(values));
        }
    }
}
