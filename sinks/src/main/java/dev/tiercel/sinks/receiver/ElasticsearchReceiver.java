package dev.tiercel.sinks.receiver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.service.PlainText;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.yaml.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Documents in Elasticsearch or OpenSearch, by the bulk API. The alert's id is the document's: in an index what comes
/// again replaces the first; in a data stream, which only grows, the first stays, and a revision has an id of its own.
///
/// Source: elastic.co/docs/api, bulk; docs.opensearch.org, bulk.
final class ElasticsearchReceiver extends ApiReceiver {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 500;
    private static final int QUOTED = 200;
    private static final int EXISTS = 409;

    private final String index;
    private final boolean stream;

    private ElasticsearchReceiver(ApiEndpoint endpoint, String index, boolean stream) {
        super(endpoint);
        this.index = index;
        this.stream = stream;
    }

    /// Reads `url`, without a path, `index` and `data-stream`; who it is is a header, `Authorization`.
    static Receiver read(Section section) {
        String index = section.text("index", "tiercel-alerts");
        if (!index.matches("[a-z0-9][a-z0-9._-]{0,200}")) {
            section.problem("index", "must be lower-case letters, digits, dots, dashes and underscores");
        }
        return new ElasticsearchReceiver(
                ApiEndpoint.read(section, "", "/_bulk"), index, section.flag("data-stream", false));
    }

    @Override
    String contentType() {
        return "application/x-ndjson";
    }

    @Override
    String body(List<Notice> notices) {
        StringBuilder lines = new StringBuilder();
        for (Notice notice : notices) {
            int revision = notice.alert().alert().getRevision();
            String id = stream && revision > 0 ? notice.id() + "." + revision : notice.id();
            lines.append(json(Map.of(stream ? "create" : "index", Map.of("_index", index, "_id", id))))
                    .append('\n')
                    .append(json(document(notice)))
                    .append('\n');
        }
        return lines.toString();
    }

    /// Values of output fields are texts: a field that is a number in one alert and a text in another would be refused.
    private static Map<String, Object> document(Notice notice) {
        AlertView view = notice.alert();
        Alert alert = view.alert();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("@timestamp", AlertView.moment(alert.getTime()));
        document.put("message", text(notice));
        document.put("id", alert.getId());
        document.put("rule", alert.getRule());
        document.put("priority", alert.getPriority());
        document.put("source", alert.getSource());
        document.put("tags", alert.getTags());
        document.put("hostname", alert.getHostname());
        document.put("evidence_complete", alert.getEvidenceComplete());
        document.put("revision", alert.getRevision());
        document.put("repeats", view.repeats());
        List<Object> fields = new ArrayList<>();
        alert.getOutputFields().forEach(field -> {
            String value = view.text(field.getName());
            if (value != null) fields.add(Map.of("name", field.getName(), "value", value));
        });
        document.put("output_fields", fields);
        return document;
    }

    /// An answer of status 200 says of each document what became of it.
    @Override
    List<DeliveryResult> results(List<Notice> notices, String answer) {
        try {
            JsonNode items = JSON.readTree(answer).path("items");
            if (items.size() != notices.size()) return later(notices, "its answer is not about what was sent");
            List<DeliveryResult> results = new ArrayList<>();
            for (JsonNode item : items) results.add(result(item.path(stream ? "create" : "index")));
            return results;
        } catch (IOException noJson) {
            return later(notices, "its answer is not JSON");
        }
    }

    private static DeliveryResult result(JsonNode item) {
        int status = item.path("status").asInt();
        if (status / 100 == 2 || status == EXISTS) return DeliveryResult.DELIVERED;
        String said = PlainText.line(item.path("error").path("reason").asText(""));
        String reason = "status " + status + ": " + cut(said, QUOTED);
        return HttpSender.isRefusal(status) ? new DeliveryResult.Refused(reason) : DeliveryResult.later(reason);
    }

    @Override
    public int batch() {
        return BATCH;
    }
}
