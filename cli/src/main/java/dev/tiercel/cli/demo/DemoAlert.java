package dev.tiercel.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// What `demo` wants to know of an alert. All texts are as hostile as whoever raised it.
///
/// @param container short id, or `host`; empty if the alert does not say
/// @param time of the event, for a correlation of the last one
/// @param arrived when it was read
record DemoAlert(String rule, String priority, String output, String container, Instant time, Instant arrived) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Empty if it is no alert of topic `alerts.json`, or a revision of one that came before.
    static Optional<DemoAlert> of(String json, Instant arrived) {
        try {
            JsonNode alert = JSON.readTree(json);
            if (!alert.isObject() || alert.path("revision").asInt(0) > 0) return Optional.empty();
            return Optional.of(new DemoAlert(
                    alert.path("rule").asText(""),
                    alert.path("priority").asText(""),
                    alert.path("output").asText(""),
                    alert.path("output_fields").path("container.id").asText(""),
                    Instant.parse(alert.path("time").asText("")),
                    arrived));
        } catch (JsonProcessingException | DateTimeException none) {
            return Optional.empty();
        }
    }
}
