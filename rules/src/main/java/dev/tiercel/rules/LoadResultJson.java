package dev.tiercel.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.Severity;
import java.util.List;

/// Prints a compilation result as Falco's JSON: `successful`, `name`, `errors[]`, `warnings[]`.
///
/// Additions to Falco's: `notes[]`, and `hint` in each entry.
public final class LoadResultJson {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final ItemName WHOLE = new ItemName("rules content", "");

    private LoadResultJson() {}

    /// The result for files together called `name`.
    static String print(String name, Compilation compilation) {
        return print(name, compilation, new RulesSchema.Validation("none"));
    }

    /// The result for files together called `name`, with their schema validation.
    public static String print(String name, Compilation compilation, RulesSchema.Validation schema) {
        return print(result(name, compilation.diagnostics(), schema));
    }

    /// `falco_load_results`: the result of each of `files`, in order; a file is successful if it has no error of its
    /// own.
    public static String print(List<RuleFile> files, Compilation compilation) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode results = all.putArray("falco_load_results");
        for (RuleFile file : files) {
            List<Diagnostic> own = compilation.diagnostics().stream()
                    .filter(diagnostic -> diagnostic.file().equals(file.name()))
                    .toList();
            results.add(result(file.name(), own, RulesSchema.validate(file)));
        }
        return print(all);
    }

    private static String print(ObjectNode tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of text and numbers prints", e);
        }
    }

    private static ObjectNode result(String name, List<Diagnostic> diagnostics, RulesSchema.Validation schema) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("name", name);
        ArrayNode errors = entries(diagnostics, Severity.ERROR);
        result.put("successful", errors.isEmpty());
        result.put("schema_validation", schema.status());
        result.set("errors", errors);
        result.set("warnings", entries(diagnostics, Severity.WARNING));
        result.set("notes", entries(diagnostics, Severity.NOTE));
        return result;
    }

    private static ArrayNode entries(List<Diagnostic> diagnostics, Severity severity) {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        for (Diagnostic diagnostic : diagnostics) {
            if (diagnostic.severity() != severity) {
                continue;
            }
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

    private static void location(ArrayNode locations, ItemName item, String file, int line, int column, int offset) {
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
