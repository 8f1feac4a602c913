package dev.tiercel.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A compilation's result in the JSON that Falco prints for one: `successful`, `name`, `errors[]`, `warnings[]`.
///
/// Ours beside Falco's: `notes[]`, and in each entry `hint`.
public final class LoadResultJson {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final Diagnostic.Item WHOLE = new Diagnostic.Item("rules content", "");

    private LoadResultJson() {}

    /// The result for files together called `name`.
    public static String print(String name, Compilation compilation) {
        return print(name, compilation, new RulesSchema.Validation("none"));
    }

    /// The result for files together called `name`, with what their schema says.
    public static String print(String name, Compilation compilation, RulesSchema.Validation schema) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("name", name);
        result.put("successful", compilation.successful());
        result.put("schema_validation", schema.status());
        result.set("errors", entries(compilation, Severity.ERROR));
        result.set("warnings", entries(compilation, Severity.WARNING));
        result.set("notes", entries(compilation, Severity.NOTE));
        try {
            return JSON.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of text and numbers prints", e);
        }
    }

    private static ArrayNode entries(Compilation compilation, Severity severity) {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        for (Diagnostic diagnostic : compilation.diagnostics(severity)) {
            ObjectNode entry = entries.addObject();
            entry.put("code", diagnostic.code().name());
            entry.put("codedesc", diagnostic.code().description());
            entry.put("message", diagnostic.message());
            entry.put("hint", diagnostic.hint());
            entry.put("item_type", diagnostic.item().type());
            entry.put("item_name", diagnostic.item().name());
            ObjectNode context = entry.putObject("context");
            ArrayNode locations = context.putArray("locations");
            location(locations, WHOLE, diagnostic.file(), 0, 0, 0);
            int line = diagnostic.line();
            if (line > 0) {
                location(
                        locations,
                        diagnostic.item(),
                        diagnostic.file(),
                        line,
                        diagnostic.column(),
                        diagnostic.offset());
            }
            context.put("snippet", diagnostic.snippet());
        }
        return entries;
    }

    private static void location(
            ArrayNode locations, Diagnostic.Item item, String file, int line, int column, int offset) {
        ObjectNode location = locations.addObject();
        location.put("item_type", item.type());
        location.put("item_name", item.name());
        ObjectNode position = location.putObject("position");
        position.put("name", file);
        position.put("line", line);
        position.put("column", column);
        position.put("offset", offset);
    }
}
