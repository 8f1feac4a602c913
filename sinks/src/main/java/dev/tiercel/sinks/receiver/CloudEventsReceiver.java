package dev.tiercel.sinks.receiver;

import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.yaml.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A CloudEvent by HTTP in structured mode. Together, `source` and `id` are the alert's identity.
///
/// Source: CloudEvents 1.0.2, HTTP protocol binding 3.2, JSON event format.
final class CloudEventsReceiver extends ApiReceiver {
    private static final int PARALLEL = 8;
    private static final int VALUE = 8_000;
    private static final int VALUES = 100_000;

    private CloudEventsReceiver(ApiEndpoint endpoint) {
        super(endpoint);
    }

    /// Reads `url`.
    static Receiver read(Section section) {
        return new CloudEventsReceiver(ApiEndpoint.read(section, "", ""));
    }

    @Override
    String contentType() {
        return "application/cloudevents+json; charset=UTF-8";
    }

    @Override
    String body(List<Notice> notices) {
        AlertView view = notices.getFirst().alert();
        Alert alert = view.alert();
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", notices.getFirst().id() + (alert.getRevision() > 0 ? "." + alert.getRevision() : ""));
        event.put("source", "/tiercel");
        event.put("type", "dev.tiercel.alert");
        event.put("subject", alert.getRule());
        event.put("time", AlertView.moment(alert.getTime()));
        event.put("datacontenttype", "application/json");
        Map<String, Object> data = new LinkedHashMap<>(details(view, VALUE, VALUES));
        data.put("text", cut(text(notices.getFirst()), VALUE));
        event.put("data", data);
        return json(event);
    }

    @Override
    public int parallel() {
        return PARALLEL;
    }
}
