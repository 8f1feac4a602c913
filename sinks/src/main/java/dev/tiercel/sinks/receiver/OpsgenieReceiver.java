package dev.tiercel.sinks.receiver;

import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.yaml.Secret;
import dev.tiercel.sinks.yaml.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An alert at Opsgenie. The alert's id is its alias: what comes again counts for the first.
///
/// Source: docs.opsgenie.com, "Alert API", create alert: message 130, description 15,000 characters, 20 tags of 50.
final class OpsgenieReceiver extends ApiReceiver {
    private static final int MESSAGE = 130;
    private static final int DESCRIPTION = 15_000;
    private static final int TAGS = 20;
    private static final int TAG = 50;
    private static final String USUAL = "https://api.opsgenie.com";

    private OpsgenieReceiver(ApiEndpoint endpoint) {
        super(endpoint);
    }

    /// Reads `api-key`; `url` is that of the European service if it is to be used.
    static Receiver read(Section section) {
        Secret key = section.secret("api-key");
        return new OpsgenieReceiver(
                ApiEndpoint.read(section, USUAL, "/v2/alerts").with("Authorization", () -> "GenieKey " + key.value()));
    }

    @Override
    String body(List<Notice> notices) {
        AlertView view = notices.getFirst().alert();
        Alert alert = view.alert();
        Map<String, Object> details = new LinkedHashMap<>();
        view.values().keySet().forEach(name -> details.put(name, String.valueOf(view.text(name))));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("message", cut(text(notices.getFirst()), MESSAGE));
        body.put("alias", notices.getFirst().id());
        body.put("description", cut(text(notices.getFirst()), DESCRIPTION));
        body.put("priority", priority(alert.getPriority()));
        body.put("source", cut(alert.getHostname().isEmpty() ? "tiercel" : alert.getHostname(), 100));
        body.put(
                "tags",
                alert.getTags().stream().limit(TAGS).map(tag -> cut(tag, TAG)).toList());
        body.put("details", details);
        return json(body);
    }

    private static String priority(String priority) {
        return switch (priority) {
            case "Emergency", "Alert", "Critical" -> "P1";
            case "Error" -> "P2";
            case "Warning" -> "P3";
            case "Notice" -> "P4";
            default -> "P5";
        };
    }
}
