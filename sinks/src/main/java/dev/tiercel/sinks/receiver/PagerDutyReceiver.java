package dev.tiercel.sinks.receiver;

import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.yaml.Secret;
import dev.tiercel.sinks.yaml.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An alert at PagerDuty, by Events API v2. The alert's id is the `dedup_key`: what comes again, revised or folded,
/// updates the first.
///
/// Source: developer.pagerduty.com, "Send an event"; a summary is at most 1,024 characters, an event
/// 512 KB.
final class PagerDutyReceiver extends ApiReceiver {
    private static final int SUMMARY = 1_024;
    private static final int DETAIL = 2_000;
    private static final int DETAILS = 100_000;
    private static final String USUAL = "https://events.pagerduty.com";

    private final Secret routingKey;

    private PagerDutyReceiver(ApiEndpoint endpoint, Secret routingKey) {
        super(endpoint);
        this.routingKey = routingKey;
    }

    /// Reads `routing-key`.
    static Receiver read(Section section) {
        return new PagerDutyReceiver(ApiEndpoint.read(section, USUAL, "/v2/enqueue"), section.secret("routing-key"));
    }

    @Override
    String body(List<Notice> notices) {
        AlertView view = notices.getFirst().alert();
        Alert alert = view.alert();
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("summary", cut(text(notices.getFirst()), SUMMARY));
        payload.put("source", alert.getHostname().isEmpty() ? "tiercel" : cut(alert.getHostname(), SUMMARY));
        payload.put("severity", severity(alert.getPriority()));
        payload.put("timestamp", AlertView.moment(alert.getTime()));
        payload.put("class", cut(alert.getRule(), SUMMARY));
        payload.put("custom_details", details(view, DETAIL, DETAILS));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("routing_key", routingKey.value());
        event.put("event_action", "trigger");
        event.put("dedup_key", notices.getFirst().id());
        event.put("client", "Tiercel");
        event.put("payload", payload);
        return json(event);
    }

    /// A wrong key is answered as a wrong event is.
    @Override
    boolean isRefusal(HttpSender.Response response) {
        return super.isRefusal(response)
                && !response.body().contains("outing key")
                && !response.body().contains("routing_key");
    }

    private static String severity(String priority) {
        return switch (priority) {
            case "Emergency", "Alert", "Critical" -> "critical";
            case "Error" -> "error";
            case "Warning" -> "warning";
            default -> "info";
        };
    }
}
