package dev.tiercel.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.tiercel.rules.yaml.Yaml;
import java.util.List;

/// Validates YAML against a JSON Schema; supports the keywords that [RulesSchema] uses. As weak as Falco's own check:
/// everything can be a string, only `true` and `false` are booleans, and integers are decimal.
final class SchemaValidator {

    private static final Pattern INTEGER = Pattern.compile("\\s*[-+]?[0-9]{1,18}");

    private final JsonNode root;

    SchemaValidator(JsonNode root) {
        this.root = root;
    }

    /// Path and description of the first problem of `document`; empty: it is valid.
    String problem(Yaml document) {
        return problem(document, root, "<root>");
    }

    private String problem(Yaml yaml, JsonNode schema, String path) {
        String reference = schema.path("$ref").asText();
        if (!reference.isEmpty()) {
            return problem(yaml, root.at(reference.substring(1)), path);
        }
        JsonNode type = schema.path("type");
        if (!type.isMissingNode() && !is(yaml, type.asText())) {
            return path + ": value is not of type " + type.asText();
        }
        if (schema.has("anyOf")) {
            boolean any = schema.get("anyOf")
                    .valueStream()
                    .anyMatch(branch -> problem(yaml, branch, path).isEmpty());
            if (!any) {
                return path + ": value is none of those allowed";
            }
        }
        return switch (yaml) {
            case Yaml.Scalar scalar -> scalar(scalar, schema, path);
            case Yaml.Sequence sequence -> sequence(sequence, schema, path);
            case Yaml.Mapping mapping -> mapping(mapping, schema, path);
        };
    }

    private static boolean is(Yaml yaml, String type) {
        return switch (type) {
            case "string" -> true;
            case "array" -> yaml instanceof Yaml.Sequence;
            case "object" -> yaml instanceof Yaml.Mapping;
            case "integer" -> yaml instanceof Yaml.Scalar scalar && INTEGER.matcher(scalar.value()).matches();
            case "boolean" -> yaml instanceof Yaml.Scalar scalar && List.of("true", "false").contains(scalar.value());
            default -> false;
        };
    }

    private static String scalar(Yaml.Scalar scalar, JsonNode schema, String path) {
        String value = scalar.value();
        if (schema.has("enum")
                && schema.get("enum")
                        .valueStream()
                        .noneMatch(allowed -> allowed.asText().equals(value))) {
            return path + ": '" + value + "' is not one of " + schema.get("enum");
        }
        if (schema.has("pattern")
                && !Pattern.compile(schema.get("pattern").asText())
                        .matcher(value)
                        .find()) {
            return path + ": '" + value + "' does not match " + schema.get("pattern");
        }
        return "";
    }

    private String sequence(Yaml.Sequence sequence, JsonNode schema, String path) {
        JsonNode items = schema.path("items");
        List<Yaml> elements = sequence.items();
        for (int i = 0; i < elements.size() && !items.isMissingNode(); i++) {
            String problem = problem(elements.get(i), items, path + "[" + i + "]");
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        return "";
    }

    private String mapping(Yaml.Mapping mapping, JsonNode schema, String path) {
        for (JsonNode required : schema.path("required")) {
            if (!mapping.has(required.asText())) {
                return path + ": required key '" + required.asText() + "' is missing";
            }
        }
        if (mapping.entries().size() < schema.path("minProperties").asInt(0)) {
            return path + ": no keys";
        }
        JsonNode properties = schema.path("properties");
        for (Yaml.Entry entry : mapping.entries()) {
            String key = entry.key().value();
            if (properties.has(key)) {
                String problem = problem(entry.value(), properties.get(key), path + "[" + key + "]");
                if (!problem.isEmpty()) {
                    return problem;
                }
            } else if (schema.has("additionalProperties")
                    && !schema.get("additionalProperties").asBoolean()) {
                return path + ": key '" + key + "' is not known";
            }
        }
        return "";
    }
}
