package dev.tiercel.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiercel.schemas.AvroSchemas;
import dev.tiercel.schemas.Compatibility;
import dev.tiercel.schemas.RegisteredSchema;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.RegistryException.Reason;
import dev.tiercel.schemas.SchemaRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The requests of the REST API and their answers, without HTTP.
final class RegistryRoutes {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LATEST = "latest";

    /// An answer.
    record Reply(int status, JsonNode body) {}

    private final SchemaRegistry registry;

    RegistryRoutes(SchemaRegistry registry) {
        this.registry = registry;
    }

    static Reply error(int status, int code, String message) {
        return new Reply(status, JSON.createObjectNode().put("error_code", code).put("message", message));
    }

    /// The answer to a request; `path` is the decoded segments of its path.
    Reply reply(String method, List<String> path, JsonNode body) {
        String resource = path.isEmpty() ? "" : path.getFirst();
        List<String> rest = path.isEmpty() ? path : path.subList(1, path.size());
        Optional<JsonNode> answer = switch (method + " " + resource) {
            case "GET " -> Optional.of(JSON.createObjectNode());
            case "GET schemas" -> schemas(rest);
            case "GET subjects" -> subjects(rest);
            case "POST subjects" -> change(rest, body);
            case "POST compatibility" -> check(rest, body);
            case "GET config" -> Optional.of(config(rest));
            case "PUT config" -> Optional.of(configure(rest, body));
            case "GET mode" -> Optional.of(JSON.createObjectNode().put("mode", "READWRITE"));
            default -> Optional.empty();
        };
        return answer.map(json -> new Reply(200, json)).orElseGet(() -> nothing(method, resource));
    }

    private static Reply nothing(String method, String resource) {
        return List.of("subjects", "schemas", "config", "mode", "compatibility").contains(resource)
                        && !List.of("GET", "POST").contains(method)
                ? error(405, 405, method + " is not offered by the built-in registry")
                : error(404, 404, "HTTP 404 Not Found");
    }

    private Optional<JsonNode> schemas(List<String> path) {
        if (path.equals(List.of("types"))) {
            return Optional.of(JSON.createArrayNode().add("AVRO"));
        }
        if (path.size() < 2 || !path.getFirst().equals("ids")) {
            return Optional.empty();
        }
        int id = number(path.get(1), Reason.UNKNOWN_SCHEMA);
        String schema = registry.schema(id);
        return switch (path.size() == 2 ? "" : path.get(2)) {
            case "" -> Optional.of(JSON.createObjectNode().put("schema", schema));
            case "schema" -> Optional.of(JSON.getNodeFactory().textNode(schema));
            case "versions" -> Optional.of(uses(id));
            case "subjects" -> Optional.of(users(id));
            default -> Optional.empty();
        };
    }

    /// Every subject and version with this id.
    private ArrayNode uses(int id) {
        ArrayNode uses = JSON.createArrayNode();
        for (String subject : registry.subjects()) {
            for (int number : registry.versions(subject)) {
                registry.version(subject, number)
                        .filter(version -> version.id() == id)
                        .ifPresent(version ->
                                uses.addObject().put("subject", subject).put("version", number));
            }
        }
        return uses;
    }

    private ArrayNode users(int id) {
        ArrayNode users = JSON.createArrayNode();
        uses(id).findValuesAsText("subject").stream().distinct().forEach(users::add);
        return users;
    }

    private Optional<JsonNode> subjects(List<String> path) {
        if (path.isEmpty()) {
            ArrayNode names = JSON.createArrayNode();
            registry.subjects().forEach(names::add);
            return Optional.of(names);
        }
        if (path.size() < 2 || !path.get(1).equals("versions")) {
            return Optional.empty();
        }
        String subject = path.getFirst();
        if (path.size() == 2) {
            ArrayNode numbers = JSON.createArrayNode();
            existing(subject).forEach(numbers::add);
            return Optional.of(numbers);
        }
        RegisteredSchema version = version(subject, path.get(2));
        return switch (path.size() == 3 ? "" : path.get(3)) {
            case "" -> Optional.of(json(version));
            case "schema" -> Optional.of(JSON.getNodeFactory().textNode(version.schema()));
            default -> Optional.empty();
        };
    }

    private List<Integer> existing(String subject) {
        List<Integer> versions = registry.versions(subject);
        if (versions.isEmpty()) {
            throw new RegistryException(Reason.UNKNOWN_SUBJECT, "Subject '" + subject + "' not found.");
        }
        return versions;
    }

    private RegisteredSchema version(String subject, String name) {
        existing(subject);
        Optional<RegisteredSchema> version = name.equals(LATEST) || name.equals("-1")
                ? registry.latest(subject)
                : registry.version(subject, number(name, Reason.INVALID_VERSION));
        return version.orElseThrow(
                () -> new RegistryException(Reason.UNKNOWN_VERSION, "Version " + name + " not found."));
    }

    private Optional<JsonNode> change(List<String> path, JsonNode body) {
        if (path.size() == 1) {
            String subject = path.getFirst();
            String schema = schema(body);
            existing(subject);
            return Optional.of(json(registry.lookup(subject, schema)
                    .orElseThrow(() -> new RegistryException(Reason.UNKNOWN_SCHEMA, "Schema not found"))));
        }
        if (path.size() == 2 && path.get(1).equals("versions")) {
            int id = registry.register(path.getFirst(), schema(body));
            return Optional.of(JSON.createObjectNode().put("id", id));
        }
        return Optional.empty();
    }

    private Optional<JsonNode> check(List<String> path, JsonNode body) {
        if (path.size() < 3
                || !path.getFirst().equals("subjects")
                || !path.get(2).equals("versions")) {
            return Optional.empty();
        }
        String subject = path.get(1);
        String schema = schema(body);
        boolean compatible = path.size() == 4
                ? RegistryState.conflict(rule(subject), AvroSchemas.parse(schema), version(subject, path.get(3)))
                        .isEmpty()
                : registry.isCompatible(subject, schema);
        return Optional.of(JSON.createObjectNode().put("is_compatible", compatible));
    }

    private Compatibility rule(String subject) {
        return registry.compatibility(subject)
                .or(() -> registry.compatibility(SchemaRegistry.ALL_SUBJECTS))
                .orElse(Compatibility.BACKWARD);
    }

    private JsonNode config(List<String> path) {
        String subject = path.isEmpty() ? SchemaRegistry.ALL_SUBJECTS : path.getFirst();
        Compatibility level = registry.compatibility(subject)
                .orElseThrow(() -> new RegistryException(
                        Reason.UNKNOWN_CONFIG,
                        "Subject '" + subject + "' does not have subject-level compatibility configured"));
        return JSON.createObjectNode().put("compatibilityLevel", level.name());
    }

    private JsonNode configure(List<String> path, JsonNode body) {
        String subject = path.isEmpty() ? SchemaRegistry.ALL_SUBJECTS : path.getFirst();
        String level = body.path("compatibility").asText().toUpperCase(Locale.ROOT);
        try {
            registry.setCompatibility(subject, Compatibility.valueOf(level));
        } catch (IllegalArgumentException e) {
            throw new RegistryException(Reason.INVALID_COMPATIBILITY, "Invalid compatibility level: " + level, e);
        }
        return JSON.createObjectNode().put("compatibility", level);
    }

    private static String schema(JsonNode body) {
        if (!body.path("schemaType").asText("AVRO").equals("AVRO")
                || !body.path("references").isEmpty()) {
            throw new RegistryException(Reason.INVALID_SCHEMA, "only Avro schemas without references are kept here");
        }
        if (!body.path("schema").isTextual()) {
            throw new RegistryException(Reason.INVALID_SCHEMA, "the body has no schema");
        }
        return body.path("schema").asText();
    }

    private static int number(String text, Reason otherwise) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new RegistryException(otherwise, "'" + text + "' is not a number", e);
        }
    }

    private static ObjectNode json(RegisteredSchema version) {
        return JSON.createObjectNode()
                .put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id())
                .put("schema", version.schema());
    }
}
