package dev.tiercel.detector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.rules.output.ExtraOutput;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Reads Falco's `append_output`, written as JSON: a list of objects with `match` (`source`, `tags`, `rule`),
/// `extra_output`, `extra_fields` and `suggested_output`.
///
/// Source: falco.yaml of Falco 0.44.
public final class AppendOutput {
    private static final Set<String> KEYS = Set.of("match", "extra_output", "extra_fields", "suggested_output");
    private static final Set<String> MATCH_KEYS = Set.of("source", "tags", "rule");

    private final List<ExtraOutput> outputs = new ArrayList<>();

    private AppendOutput() {}

    /// The extra outputs, in order.
    ///
    /// @param json may be empty
    /// @throws IllegalArgumentException naming what is invalid
    public static List<ExtraOutput> parse(String json) {
        AppendOutput reader = new AppendOutput();
        if (!json.isBlank()) {
            JsonNode list = tree(json);
            require(list.isArray(), "is not a JSON list");
            list.forEach(reader::entry);
        }
        return List.copyOf(reader.outputs);
    }

    private static JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is not JSON: " + e.getOriginalMessage());
        }
    }

    private void entry(JsonNode entry) {
        keys(entry, KEYS);
        JsonNode match = entry.path("match");
        if (!match.isMissingNode()) {
            keys(match, MATCH_KEYS);
        }
        Set<String> tags = new TreeSet<>();
        match.path("tags").forEach(tag -> tags.add(text(tag, "tags")));
        String source = text(match.path("source"), "source");
        String rule = text(match.path("rule"), "rule");
        String added = text(entry.path("extra_output"), "extra_output");
        if (!added.isEmpty()) {
            outputs.add(new ExtraOutput(added, source, tags, rule));
        }
        for (JsonNode field : entry.path("extra_fields")) {
            outputs.addAll(fields(field, source, tags, rule));
        }
        if (entry.path("suggested_output").asBoolean()) {
            outputs.addAll(ExtraOutput.suggested(source, tags, rule));
        }
    }

    /// `"proc.aname[2]"` adds the field under its own name, `{"team": "%k8s.ns.name"}` a rendered text under the given
    /// name.
    private static List<ExtraOutput> fields(JsonNode field, String source, Set<String> tags, String rule) {
        if (field.isTextual()) {
            return List.of(ExtraOutput.rawField(field.asText(), source, tags, rule));
        }
        require(field.isObject(), "has an element of extra_fields that is neither a field nor {name: format}");
        List<ExtraOutput> named = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : field.properties()) {
            named.add(ExtraOutput.field(each.getKey(), text(each.getValue(), each.getKey()), source, tags, rule));
        }
        return named;
    }

    private static void keys(JsonNode object, Set<String> known) {
        require(object.isObject(), "has an element that is not an object");
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            require(known.contains(name), "has the unknown key '" + name + "'; known: " + new TreeSet<>(known));
        }
    }

    private static String text(JsonNode value, String key) {
        require(value.isMissingNode() || value.isTextual(), "has a " + key + " that is not a string");
        return value.asText("");
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(problem);
        }
    }
}
