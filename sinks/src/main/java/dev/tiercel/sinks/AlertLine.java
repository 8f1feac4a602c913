package dev.tiercel.sinks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.service.PlainText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Renders an alert of `alerts.json` as a line.
///
/// @param terminal whether a terminal shows it: then JSON has escapes for what could steer one
/// @param colour whether to colour text by priority (ANSI)
public record AlertLine(AlertFormat format, boolean terminal, boolean colour) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESET = "\u001b[0m";
    private static final String REVISION_KEY = "\"revision\":";

    /// Colours only text on a terminal, and only if `NO_COLOR` is unset or empty (no-color.org).
    public static AlertLine forTerminal(AlertFormat format, boolean terminal, String noColor) {
        return new AlertLine(format, terminal, terminal && noColor.isEmpty() && format == AlertFormat.TEXT);
    }

    /// Whether this is an alert that was printed before, with what has come to be known since.
    ///
    /// @throws IllegalArgumentException if `alert` is not an alert
    static boolean isRevision(byte[] alert) {
        String json = new String(alert, StandardCharsets.UTF_8);
        return json.contains(REVISION_KEY) && revision(parse(json)) > 0;
    }

    private static int revision(JsonNode alert) {
        return alert.path("revision").asInt(0);
    }

    /// The line, without a line feed; text says of a revision that it is one. Alerts contain process arguments chosen
    /// by attackers: in text, what could forge a line or steer a terminal is escaped; JSON is the same document,
    /// elsewhere than on a terminal byte for byte.
    ///
    /// @throws IllegalArgumentException if `alert` is not an alert
    public String of(byte[] alert) {
        String json = new String(alert, StandardCharsets.UTF_8);
        if (format == AlertFormat.JSON) {
            return terminal ? PlainText.json(json) : json;
        }
        JsonNode tree = parse(json);
        JsonNode output = tree.path("output");
        if (!output.isTextual()) {
            throw new IllegalArgumentException(
                    "alert without key output; set detector.json-include-output-property=true");
        }
        int revision = revision(tree);
        String text =
                PlainText.line(output.textValue()) + (revision > 0 ? " (same alert, revision " + revision + ")" : "");
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
}
