package dev.tiercel.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiercel.registry.RegistryHttp.Response;
import dev.tiercel.schemas.Compatibility;
import dev.tiercel.schemas.RegisteredSchema;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.RegistryException.Reason;
import dev.tiercel.schemas.SchemaRegistry;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A client of any server with Confluent Schema Registry's REST API, including this project's own [RegistryServer].
///
/// Ids and registrations are cached: they never change. Versions and compatibility levels are requested each time.
/// Source: docs.confluent.io, Schema Registry API reference, 7.5.
public final class RestRegistry implements SchemaRegistry {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryHttp http;
    private final ConcurrentHashMap<Integer, String> schemas = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<SubjectSchema, Integer> registered = new ConcurrentHashMap<>();

    private record SubjectSchema(String subject, String schema) {}

    private RestRegistry(RestRegistryConfig config) {
        http = new RegistryHttp(config);
    }

    /// Creates a client; sends no request yet.
    public static RestRegistry open(RestRegistryConfig config) {
        return new RestRegistry(config);
    }

    @Override
    public int register(String subject, String schema) {
        SubjectSchema key = new SubjectSchema(subject, schema);
        Integer known = registered.get(key);
        if (known != null) {
            return known;
        }
        Response response = http.post(subjectPath(subject) + "/versions", body(schema));
        int id = expect(response).path("id").asInt(-1);
        if (id < 0) {
            throw unexpected(response);
        }
        registered.put(key, id);
        return id;
    }

    @Override
    public String schema(int id) {
        String known = schemas.get(id);
        if (known == null) {
            Response response = http.get("/schemas/ids/" + id);
            known = text(response, "schema");
            if (!"AVRO".equals(response.body().path("schemaType").asText("AVRO"))) {
                throw new RegistryException(Reason.INVALID_SCHEMA, "schema id=" + id + " is not Avro");
            }
            schemas.put(id, known);
        }
        return known;
    }

    @Override
    public Optional<RegisteredSchema> lookup(String subject, String schema) {
        return version(http.post(subjectPath(subject), body(schema)));
    }

    @Override
    public List<String> subjects() {
        List<String> subjects = new ArrayList<>();
        expect(http.get("/subjects")).forEach(subject -> subjects.add(subject.asText()));
        Collections.sort(subjects);
        return List.copyOf(subjects);
    }

    @Override
    public List<Integer> versions(String subject) {
        Response response = http.get(subjectPath(subject) + "/versions");
        if (response.status() == 404) {
            return List.of();
        }
        List<Integer> versions = new ArrayList<>();
        expect(response).forEach(version -> versions.add(version.asInt()));
        Collections.sort(versions);
        return List.copyOf(versions);
    }

    @Override
    public Optional<RegisteredSchema> version(String subject, int version) {
        return version < 1 ? Optional.empty() : version(http.get(subjectPath(subject) + "/versions/" + version));
    }

    @Override
    public Optional<RegisteredSchema> latest(String subject) {
        return version(http.get(subjectPath(subject) + "/versions/latest"));
    }

    @Override
    public boolean isCompatible(String subject, String schema) {
        Response response = http.post("/compatibility" + subjectPath(subject) + "/versions", body(schema));
        if (response.status() == 404) {
            return true; // no version to be incompatible with
        }
        JsonNode compatible = expect(response).path("is_compatible");
        if (!compatible.isBoolean()) {
            throw unexpected(response);
        }
        return compatible.asBoolean();
    }

    @Override
    public Optional<Compatibility> compatibility(String subject) {
        Response response = http.get(configPath(subject));
        if (response.status() == 404) {
            return Optional.empty();
        }
        String level = text(response, "compatibilityLevel");
        try {
            return Optional.of(Compatibility.valueOf(level.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new RegistryException(Reason.UNEXPECTED, "unknown compatibility level " + level, e);
        }
    }

    @Override
    public void setCompatibility(String subject, Compatibility compatibility) {
        expect(http.put(configPath(subject), JSON.createObjectNode().put("compatibility", compatibility.name())));
    }

    @Override
    public void close() {
        http.close();
    }

    private static Optional<RegisteredSchema> version(Response response) {
        if (response.status() == 404) {
            return Optional.empty();
        }
        JsonNode body = expect(response);
        int id = body.path("id").asInt(-1);
        int version = body.path("version").asInt(-1);
        if (id < 0 || version < 1) {
            throw unexpected(response);
        }
        return Optional.of(new RegisteredSchema(text(response, "subject"), version, id, text(response, "schema")));
    }

    private static String text(Response response, String field) {
        JsonNode value = expect(response).path(field);
        if (!value.isTextual()) {
            throw unexpected(response);
        }
        return value.asText();
    }

    /// The body of a successful response.
    private static JsonNode expect(Response response) {
        if (response.ok()) {
            return response.body();
        }
        throw new RegistryException(reason(response), "error_code=" + response.errorCode() + ": " + response.message());
    }

    private static Reason reason(Response response) {
        return switch (response.errorCode()) {
            case 40401 -> Reason.UNKNOWN_SUBJECT;
            case 40402 -> Reason.UNKNOWN_VERSION;
            case 40403 -> Reason.UNKNOWN_SCHEMA;
            case 40408 -> Reason.UNKNOWN_CONFIG;
            case 42201, 422 -> Reason.INVALID_SCHEMA;
            case 42202 -> Reason.INVALID_VERSION;
            case 42203 -> Reason.INVALID_COMPATIBILITY;
            default -> response.status() == 409 ? Reason.INCOMPATIBLE : Reason.UNEXPECTED;
        };
    }

    private static RegistryException unexpected(Response response) {
        return new RegistryException(
                Reason.UNEXPECTED,
                "status=" + response.status() + " with an unexpected body; is the registry URL right?");
    }

    private static ObjectNode body(String schema) {
        return JSON.createObjectNode().put("schema", schema);
    }

    private static String subjectPath(String subject) {
        return "/subjects/" + encoded(subject);
    }

    private static String configPath(String subject) {
        return subject.equals(ALL_SUBJECTS) ? "/config" : "/config/" + encoded(subject);
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, UTF_8).replace("+", "%20");
    }
}
