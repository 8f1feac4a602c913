package dev.tiercel.sinks.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a section may have, as JSON Schema: what its reader has asked for. Not thread-safe.
final class SectionShape {
    /// Where the schema of a secret is.
    static final Map<String, Object> SECRET = Map.of("$ref", "#/$defs/secret");

    private static final Map<String, Object> STRING = Map.of("type", "string");

    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();

    /// The first reader of a key says what it is.
    void key(String key, Object shape) {
        properties.putIfAbsent(key, shape);
    }

    void string(String key) {
        key(key, STRING);
    }

    void pattern(String key, String pattern) {
        key(key, Map.of("type", "string", "pattern", "^(" + pattern + ")$"));
    }

    void require(String key) {
        if (!required.contains(key)) required.add(key);
    }

    /// A text or what `other` says.
    static Map<String, Object> stringOr(Object other) {
        return Map.of("anyOf", List.of(STRING, other));
    }

    static Map<String, Object> arrayOf(Object items) {
        return Map.of("type", "array", "items", items);
    }

    /// JSON Schema, of maps and lists.
    Map<String, Object> json() {
        Map<String, Object> keys = new LinkedHashMap<>();
        properties.forEach((key, shape) -> keys.put(key, plain(shape)));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "object");
        json.put("properties", keys);
        if (!required.isEmpty()) json.put("required", required);
        json.put("additionalProperties", false);
        return json;
    }

    private static Object plain(Object shape) {
        if (shape instanceof SectionShape inner) return inner.json();
        if (shape instanceof Map<?, ?> map && map.get("items") instanceof SectionShape inner)
            return arrayOf(inner.json());
        return shape;
    }
}
