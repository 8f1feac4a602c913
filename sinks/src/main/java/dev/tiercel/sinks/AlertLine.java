package dev.tiercel.sinks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The line that stands for an alert of `alerts.json`.
///
/// @param colour whether text is coloured by priority (ANSI)
public record AlertLine(OutputFormat format, boolean colour) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESET = "\u001b[0m";

    /// Colour as people expect it: only on a terminal, and only if `NO_COLOR` is unset or empty (no-color.org).
    public static AlertLine forTerminal(OutputFormat format, boolean terminal, String noColor) {
        return new AlertLine(format, terminal && noColor.isEmpty() && format == OutputFormat.TEXT);
    }

    /// The line, without a line feed; control characters that could steer a terminal are replaced.
    ///
    /// @throws IllegalArgumentException if `alert` is not an alert
    public String of(byte[] alert) {
        String json = new String(alert, StandardCharsets.UTF_8);
        if (format == OutputFormat.JSON) {
            return json;
        }
        JsonNode tree = parse(json);
        JsonNode output = tree.path("output");
        if (!output.isTextual()) {
            throw new IllegalArgumentException("an alert without key output: detector.json-include-output-property?");
        }
        String text = harmless(output.textValue());
        return colour ? colour(tree.path("priority").asText("")) + text + RESET : text;
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException bad) {
            throw new IllegalArgumentException("not JSON: " + bad.getMessage(), bad);
        }
    }

    private static String colour(String priority) {
        return switch (priority) {
            case "Emergency", "Alert", "Critical" -> "\u001b[1;31m";
            case "Error" -> "\u001b[31m";
            case "Warning" -> "\u001b[33m";
            case "Notice" -> "\u001b[36m";
            default -> "\u001b[2m";
        };
    }

    /// The text with control characters replaced: process arguments are in alerts, and attackers choose them, so no
    /// escape sequence may reach a terminal.
    public static String harmless(String text) {
        if (text.chars().noneMatch(AlertLine::steers)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        text.chars().forEach(c -> out.append(steers(c) ? '\uFFFD' : (char) c));
        return out.toString();
    }

    private static boolean steers(int c) {
        return (c < 0x20 && c != '\t') || (c >= 0x7f && c < 0xa0);
    }
}
