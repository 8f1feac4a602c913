package dev.tiercel.sinks.receiver;

import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.yaml.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Alerts at Prometheus Alertmanager, by its API v2. The labels say which alert it is, `alert_id` among them: what
/// comes again updates the first. Alertmanager's alerts go on, ours have happened: they end after `resolve-after`.
///
/// Source: github.com/prometheus/alertmanager `api/v2/openapi.yaml`.
final class AlertmanagerReceiver extends ApiReceiver {
    private static final int BATCH = 64;
    private static final int TEXT = 8_000;

    private final Duration resolveAfter;

    private AlertmanagerReceiver(ApiEndpoint endpoint, Duration resolveAfter) {
        super(endpoint);
        this.resolveAfter = resolveAfter;
    }

    /// Reads `url`, without a path, and `resolve-after`.
    static Receiver read(Section section) {
        return new AlertmanagerReceiver(
                ApiEndpoint.read(section, "", "/api/v2/alerts"),
                section.duration("resolve-after", Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofDays(30)));
    }

    @Override
    String body(List<Notice> notices) {
        List<Object> alerts = new ArrayList<>();
        Instant now = Instant.now();
        for (Notice notice : notices) {
            Alert alert = notice.alert().alert();
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("labels", labels(alert));
            entry.put(
                    "annotations",
                    Map.of("summary", cut(text(notice), TEXT), "description", cut(alert.getOutput(), TEXT)));
            entry.put("startsAt", AlertView.moment(Math.min(alert.getTime(), nanoseconds(now))));
            entry.put("endsAt", now.plus(resolveAfter).toString());
            alerts.add(entry);
        }
        return json(alerts);
    }

    /// An event whose node's clock is ahead must not begin after its end.
    private static long nanoseconds(Instant now) {
        return now.toEpochMilli() * 1_000_000;
    }

    /// A label without a value is none.
    private static Map<String, String> labels(Alert alert) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("alertname", alert.getRule());
        labels.put("alert_id", alert.getId());
        labels.put("priority", alert.getPriority());
        labels.put("severity", severity(alert.getPriority()));
        labels.put("source", alert.getSource());
        labels.put("hostname", alert.getHostname());
        labels.replaceAll((name, value) -> cut(value, 500));
        labels.values().removeIf(String::isEmpty);
        return labels;
    }

    /// As most configurations name them.
    private static String severity(String priority) {
        return switch (priority) {
            case "Emergency", "Alert", "Critical" -> "critical";
            case "Error", "Warning" -> "warning";
            default -> "info";
        };
    }

    @Override
    public int batch() {
        return BATCH;
    }
}
