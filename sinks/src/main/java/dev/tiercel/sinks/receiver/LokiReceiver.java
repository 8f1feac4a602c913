package dev.tiercel.sinks.receiver;

import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.sinks.alert.FalcoJson;
import dev.tiercel.sinks.yaml.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lines in Grafana Loki: Falco's JSON, in a stream for each priority and source. Rules and hosts are no labels: each
/// would be a stream.
///
/// Source: grafana.com/docs/loki, "Ingest logs", `POST /loki/api/v1/push`.
final class LokiReceiver extends ApiReceiver {
    private static final int BATCH = 500;
    /// Loki refuses lines of 256 KB by default; a character is up to three bytes.
    private static final int LINE = 64_000;

    private LokiReceiver(ApiEndpoint endpoint) {
        super(endpoint);
    }

    /// Reads `url`, without a path; a tenant is a header, `X-Scope-OrgID`.
    static Receiver read(Section section) {
        return new LokiReceiver(ApiEndpoint.read(section, "", "/loki/api/v1/push"));
    }

    @Override
    String body(List<Notice> notices) {
        Map<Map<String, String>, List<List<String>>> streams = new LinkedHashMap<>();
        for (Notice notice : notices) {
            Alert alert = notice.alert().alert();
            String line = notice.template() == null ? FalcoJson.of(notice.alert()) : text(notice);
            if (line.length() > LINE) line = cut(text(notice), LINE);
            streams.computeIfAbsent(labels(alert), none -> new ArrayList<>())
                    .add(List.of(Long.toString(alert.getTime()), line));
        }
        List<Object> entries = new ArrayList<>();
        streams.forEach((labels, values) -> entries.add(Map.of("stream", labels, "values", values)));
        return json(Map.of("streams", entries));
    }

    private static Map<String, String> labels(Alert alert) {
        return Map.of("job", "tiercel", "priority", alert.getPriority(), "source", alert.getSource());
    }

    @Override
    public int batch() {
        return BATCH;
    }
}
