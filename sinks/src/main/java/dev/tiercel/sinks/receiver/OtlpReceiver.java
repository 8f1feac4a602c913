package dev.tiercel.sinks.receiver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.service.PlainText;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.yaml.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Log records of OpenTelemetry, by OTLP over HTTP in JSON.
///
/// Source: opentelemetry.io, OTLP specification 1.7 ("OTLP/HTTP"), logs data model (severities).
final class OtlpReceiver extends ApiReceiver {
    private static final int BATCH = 200;
    private static final int VALUE = 8_000;
    private static final int VALUES = 100_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private OtlpReceiver(ApiEndpoint endpoint) {
        super(endpoint);
    }

    /// Reads `url`, without a path.
    static Receiver read(Section section) {
        return new OtlpReceiver(ApiEndpoint.read(section, "", "/v1/logs"));
    }

    @Override
    String body(List<Notice> notices) {
        List<Object> records = new ArrayList<>();
        for (Notice notice : notices) records.add(logRecord(notice));
        Map<String, Object> scope = Map.of("scope", Map.of("name", "dev.tiercel"), "logRecords", records);
        Map<String, Object> resource = Map.of("attributes", List.of(attribute("service.name", "tiercel")));
        return json(Map.of("resourceLogs", List.of(Map.of("resource", resource, "scopeLogs", List.of(scope)))));
    }

    private static Map<String, Object> logRecord(Notice notice) {
        AlertView view = notice.alert();
        Alert alert = view.alert();
        List<Object> attributes = new ArrayList<>();
        details(view, VALUE, VALUES).forEach((name, value) -> attributes.add(attribute(name, value)));
        Map<String, Object> logRecord = new LinkedHashMap<>();
        logRecord.put("timeUnixNano", Long.toString(alert.getTime()));
        logRecord.put("severityNumber", severity(alert.getPriority()));
        logRecord.put("severityText", alert.getPriority());
        logRecord.put("eventName", "tiercel.alert");
        logRecord.put("body", Map.of("stringValue", cut(text(notice), VALUE)));
        logRecord.put("attributes", attributes);
        return logRecord;
    }

    private static Map<String, Object> attribute(String key, String value) {
        return Map.of("key", key, "value", Map.of("stringValue", value));
    }

    private static int severity(String priority) {
        return switch (priority) {
            case "Emergency", "Alert" -> 21;
            case "Critical" -> 18;
            case "Error" -> 17;
            case "Warning" -> 13;
            case "Notice" -> 10;
            case "Informational" -> 9;
            default -> 5;
        };
    }

    /// A collector that takes only some says how many, and not which.
    @Override
    List<DeliveryResult> results(List<Notice> notices, String answer) {
        JsonNode partial;
        try {
            partial = JSON.readTree(answer).path("partialSuccess");
        } catch (JsonProcessingException empty) {
            return super.results(notices, answer);
        }
        if (partial.path("rejectedLogRecords").asLong() == 0) return super.results(notices, answer);
        if (notices.size() > 1) return List.of();
        return List.of(new DeliveryResult.Refused(
                PlainText.line(cut(partial.path("errorMessage").asText("rejected"), 200))));
    }

    @Override
    public int batch() {
        return BATCH;
    }
}
