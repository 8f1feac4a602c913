package dev.tiercel.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;

/// Avro schemas between their text and their object.
public final class AvroSchemas {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JAVA_STRING = "avro.java.string";

    private AvroSchemas() {}

    /// Parses a schema that a person or a registry gave.
    ///
    /// @throws RegistryException INVALID_SCHEMA
    public static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (RuntimeException e) { // Avro 1.12's parser throws several kinds, NullPointerException among them
            throw new RegistryException(
                    RegistryException.Reason.INVALID_SCHEMA, "not an Avro schema: " + e.getMessage(), e);
        }
    }

    /// The schema's text as other languages want it: without what only Java's code generator needs.
    static String text(Schema schema) {
        try {
            return JSON.writeValueAsString(plain(JSON.readTree(schema.toString())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro wrote a schema that is not JSON: " + schema.getFullName(), e);
        }
    }

    /// `{"type":"string","avro.java.string":"String"}` becomes `"string"`.
    private static JsonNode plain(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(JAVA_STRING);
            if (object.size() == 1 && object.path("type").isTextual()) {
                return object.get("type");
            }
            object.properties().forEach(entry -> entry.setValue(plain(entry.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, plain(array.get(i)));
            }
        }
        return node;
    }
}
