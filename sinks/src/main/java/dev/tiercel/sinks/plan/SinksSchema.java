package dev.tiercel.sinks.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.tiercel.sinks.receiver.ReceiverType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON Schema of sinks files, for editors: what the readers of a sinks file ask for, keys sorted.
public final class SinksSchema {
    private SinksSchema() {}

    /// The schema, draft 2020-12.
    public static String json() {
        List<Object> outputs = new ArrayList<>();
        for (ReceiverType type : ReceiverType.values()) {
            outputs.add(SinksFile.schemaOf(type));
        }
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("outputs", Map.of("type", "array", "minItems", 1, "items", Map.of("oneOf", outputs)));
        file.put("routes", Map.of("type", "array", "items", SinksFile.schemaOfRoute()));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Sinks file of Tiercel");
        schema.put("type", "object");
        schema.put("properties", file);
        schema.put("required", List.of("outputs"));
        schema.put("additionalProperties", false);
        schema.put("$defs", Map.of("secret", secret()));
        try {
            return new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .writeValueAsString(schema);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible); // maps, lists, texts and numbers
        }
    }

    private static Map<String, Object> secret() {
        Map<String, Object> string = Map.of("type", "string", "minLength", 1);
        return Map.of(
                "type",
                "object",
                "properties",
                Map.of("file", string, "env", string),
                "minProperties",
                1,
                "maxProperties",
                1,
                "additionalProperties",
                false);
    }
}
