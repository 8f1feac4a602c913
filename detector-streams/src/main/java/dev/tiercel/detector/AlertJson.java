package dev.tiercel.detector;

import dev.tiercel.rules.output.OutputField;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An alert as the JSON that Falco prints: keys sorted, no blanks, invalid text as U+FFFD.
///
/// Source: Falco 0.44 `userspace/falco/formats.cpp`; nlohmann::json 3 `serializer::dump`.
///
/// @param text of key `output`; its time is in `output_fields` too
public record AlertJson(AlertText text, Include include) {
    /// Which of the optional keys are there: `json_include_*_property` of falco.yaml.
    public record Include(boolean output, boolean message, boolean outputFields, boolean tags) {
        /// What Falco includes unless told otherwise.
        public static final Include DEFAULT = new Include(true, false, true, true);
    }

    /// The alert on one line, without a line feed.
    public String render(Detection detection) {
        JsonText json = new JsonText().open('{');
        json.key("hostname").string(detection.hostname());
        if (include.message()) {
            json.key("message").string(detection.text());
        }
        if (include.output()) {
            json.key("output").string(text.line(detection));
        }
        if (include.outputFields()) {
            outputFields(json.key("output_fields"), detection);
        }
        json.key("priority").string(detection.rule().priority());
        json.key("rule").string(detection.rule().name());
        json.key("source").string(detection.rule().source());
        if (include.tags()) {
            json.key("tags").value(detection.rule().tags());
        }
        json.key("time").string(AlertClock.json(detection.time()));
        return json.close('}').toString();
    }

    private void outputFields(JsonText json, Detection detection) {
        TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
        sorted.put(text.timeField(), detection.time());
        for (OutputField field : detection.fields()) {
            sorted.put(field.name(), field.value());
        }
        json.open('{');
        sorted.forEach((name, value) -> json.key(name).value(value));
        json.close('}');
    }
}
