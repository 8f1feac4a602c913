package dev.tiercel.sinks.receiver;

import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.sinks.yaml.Secret;
import dev.tiercel.sinks.yaml.Section;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Events in Splunk, by the HTTP Event Collector.
///
/// Source: docs.splunk.com, "Format events for HTTP Event Collector".
final class SplunkReceiver extends ApiReceiver {
    private static final int BATCH = 100;
    private static final int VALUE = 8_000;
    private static final int VALUES = 100_000;
    /// Codes of what is wrong with an event: no data, its format, blank, missing, its fields, its time.
    private static final Pattern ABOUT_EVENTS = Pattern.compile("\"code\"\\s*:\\s*(5|6|12|13|15|16)\\b");

    private final String index;

    private SplunkReceiver(ApiEndpoint endpoint, String index) {
        super(endpoint);
        this.index = index;
    }

    /// Reads `url`, without a path, `token` and `index`.
    static Receiver read(Section section) {
        Secret token = section.secret("token");
        return new SplunkReceiver(
                ApiEndpoint.read(section, "", "/services/collector/event")
                        .with("Authorization", () -> "Splunk " + token.value()),
                section.text("index", ""));
    }

    /// Events follow each other without anything between them.
    @Override
    String body(List<Notice> notices) {
        StringBuilder body = new StringBuilder();
        for (Notice notice : notices) {
            Alert alert = notice.alert().alert();
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("time", BigDecimal.valueOf(alert.getTime() / 1_000_000, 3));
            if (!alert.getHostname().isEmpty()) event.put("host", alert.getHostname());
            event.put("source", "tiercel");
            event.put("sourcetype", "tiercel:alert");
            if (!index.isEmpty()) event.put("index", index);
            Map<String, Object> fields = new LinkedHashMap<>(details(notice.alert(), VALUE, VALUES));
            fields.put("text", cut(text(notice), VALUE));
            event.put("event", fields);
            body.append(json(event));
        }
        return body.toString();
    }

    @Override
    boolean isRefusal(HttpSender.Response response) {
        return ABOUT_EVENTS.matcher(response.body()).find();
    }

    @Override
    public int batch() {
        return BATCH;
    }
}
