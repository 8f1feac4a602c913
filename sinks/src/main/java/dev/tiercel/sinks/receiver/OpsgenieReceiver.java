package dev.tiercel.sinks.receiver;

import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.service.PlainText;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.yaml.Secret;
import dev.tiercel.sinks.yaml.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An alert at Opsgenie. The alert's id is its alias: what comes again counts for the first.
///
/// Source: docs.opsgenie.com, "Alert API", create alert: message 130, description 15,000, details 8,000 characters,
/// 20 tags of 50.
final class OpsgenieReceiver extends ApiReceiver {
    private static final int MESSAGE = 130;
    private static final int DESCRIPTION = 15_000;
    private static final int DETAIL = 300;
    private static final int DETAILS = 6_000;
    private static final int SOURCE = 100;
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
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("message", escaped(cut(text(notices.getFirst()), MESSAGE), MESSAGE));
        body.put("alias", notices.getFirst().id());
        body.put("description", escaped(cut(text(notices.getFirst()), DESCRIPTION), DESCRIPTION));
        body.put("priority", priority(alert.getPriority()));
        String source = alert.getHostname().isEmpty() ? "tiercel" : PlainText.line(alert.getHostname());
        body.put("source", escaped(source, SOURCE));
        body.put(
                "tags",
                alert.getTags().stream()
                        .limit(TAGS)
                        .map(tag -> escaped(PlainText.line(tag), TAG))
                        .toList());
        Map<String, String> details = new LinkedHashMap<>();
        details(view, DETAIL, DETAILS).forEach((name, value) -> details.put(name, escaped(value, DETAIL)));
        body.put("details", details);
        return json(body);
    }

    /// Opsgenie shows HTML in texts; an entity that does not fit is left out as a whole.
    private static String escaped(String text, int most) {
        StringBuilder escaped = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            String shown = switch (text.charAt(at)) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                default -> String.valueOf(text.charAt(at));
            };
            if (escaped.length() + shown.length() > most) break;
            escaped.append(shown);
        }
        return escaped.toString();
    }

    /// A key in a wrong format is answered as a wrong alert is.
    @Override
    boolean isRefusal(HttpSender.Response response) {
        return super.isRefusal(response) && !response.body().contains("Key format");
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
