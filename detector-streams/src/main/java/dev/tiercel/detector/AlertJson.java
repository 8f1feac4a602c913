package dev.tiercel.detector;

import dev.tiercel.rules.output.OutputField;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An alert as the JSON that Falco prints: sorted keys, no whitespace, invalid text as U+FFFD. One that is emitted
/// again also has key `revision`, and `repeats` if others are folded into it.
///
/// Source: Falco 0.44 `userspace/falco/formats.cpp`; nlohmann::json 3 `serializer::dump`.
///
/// @param text renders key `output`; its time is also in `output_fields`
public record AlertJson(AlertText text, Include include) {
    /// Which optional keys to include: `json_include_*_property` of falco.yaml.
    public record Include(boolean output, boolean message, boolean outputFields, boolean tags) {
        /// Falco's defaults.
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
        if (detection.repeats() > 0) {
            json.key("repeats").value(detection.repeats());
        }
        if (detection.revision() > 0) {
            json.key("revision").value((long) detection.revision());
        }
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
