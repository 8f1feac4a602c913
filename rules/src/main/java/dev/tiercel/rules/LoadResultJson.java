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

    private LoadResultJson() {}

    /// The result for files together called `name`.
    public static String print(String name, Compilation compilation) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("name", name);
        result.put("successful", compilation.successful());
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
            ObjectNode location = context.putArray("locations").addObject();
            location.put("item_type", diagnostic.item().type());
            location.put("item_name", diagnostic.item().name());
            ObjectNode position = location.putObject("position");
            position.put("name", diagnostic.file());
            position.put("line", diagnostic.line());
            position.put("column", diagnostic.column());
            position.put("offset", diagnostic.offset());
            context.put("snippet", diagnostic.snippet());
        }
        return entries;
    }
}
