package dev.tiercel.sinks.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.OutputField;
import dev.tiercel.service.PlainText;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An alert as the JSON that Falco sends, which its other tools read; with `id`, and `revision` and `repeats` of one
/// that comes again.
///
/// Source: Falco 0.44 `userspace/falco/formats.cpp`; falcosidekick `types.FalcoPayload`.
public final class FalcoJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FalcoJson() {}

    /// One line, without a line feed.
    public static String of(AlertView view) {
        Alert alert = view.alert();
        Map<String, @Nullable Object> keys = new TreeMap<>();
        keys.put("hostname", alert.getHostname());
        keys.put("id", alert.getId());
        keys.put("output", view.line());
        keys.put("output_fields", fields(alert));
        keys.put("priority", alert.getPriority());
        keys.put("rule", alert.getRule());
        keys.put("source", alert.getSource());
        keys.put("tags", alert.getTags());
        keys.put("time", AlertView.moment(alert.getTime()));
        if (view.repeats() > 1) keys.put("repeats", view.repeats());
        if (alert.getRevision() > 0) keys.put("revision", alert.getRevision());
        try {
            return PlainText.json(JSON.writeValueAsString(keys));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible); // strings, numbers, booleans and lists of strings
        }
    }

    private static Map<String, @Nullable Object> fields(Alert alert) {
        Map<String, @Nullable Object> fields = new TreeMap<>();
        fields.put("evt.time", alert.getTime());
        for (OutputField field : alert.getOutputFields()) fields.put(field.getName(), field.getValue());
        return fields;
    }
}
