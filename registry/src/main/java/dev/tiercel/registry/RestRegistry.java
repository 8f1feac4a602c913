package dev.tiercel.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiercel.registry.RegistryHttp.Answer;
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

/// A client of any server that speaks Confluent Schema Registry's REST API, this project's own [RegistryServer]
/// included.
///
/// Ids and registrations are remembered: they never change. Questions about versions and rules are asked each time.
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

    /// A client; nothing is asked yet.
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
        Answer answer = http.post(subjectPath(subject) + "/versions", body(schema));
        int id = expect(answer).path("id").asInt(-1);
        if (id < 0) {
            throw unexpected(answer);
        }
        registered.put(key, id);
        return id;
    }

    @Override
    public String schema(int id) {
        String known = schemas.get(id);
        if (known == null) {
            Answer answer = http.get("/schemas/ids/" + id);
            known = text(answer, "schema");
            if (!"AVRO".equals(answer.body().path("schemaType").asText("AVRO"))) {
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
        Answer answer = http.get(subjectPath(subject) + "/versions");
        if (answer.status() == 404) {
            return List.of();
        }
        List<Integer> versions = new ArrayList<>();
        expect(answer).forEach(version -> versions.add(version.asInt()));
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
        Answer answer = http.post("/compatibility" + subjectPath(subject) + "/versions", body(schema));
        if (answer.status() == 404) {
            return true; // nothing is there to be incompatible with
        }
        JsonNode compatible = expect(answer).path("is_compatible");
        if (!compatible.isBoolean()) {
            throw unexpected(answer);
        }
        return compatible.asBoolean();
    }

    @Override
    public Optional<Compatibility> compatibility(String subject) {
        Answer answer = http.get(configPath(subject));
        if (answer.status() == 404) {
            return Optional.empty();
        }
        String level = text(answer, "compatibilityLevel");
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

    private static Optional<RegisteredSchema> version(Answer answer) {
        if (answer.status() == 404) {
            return Optional.empty();
        }
        JsonNode body = expect(answer);
        int id = body.path("id").asInt(-1);
        int version = body.path("version").asInt(-1);
        if (id < 0 || version < 1) {
            throw unexpected(answer);
        }
        return Optional.of(new RegisteredSchema(text(answer, "subject"), version, id, text(answer, "schema")));
    }

    private static String text(Answer answer, String field) {
        JsonNode value = expect(answer).path(field);
        if (!value.isTextual()) {
            throw unexpected(answer);
        }
        return value.asText();
    }

    /// The body of an answer that says yes.
    private static JsonNode expect(Answer answer) {
        if (answer.ok()) {
            return answer.body();
        }
        throw new RegistryException(reason(answer), "error_code=" + answer.errorCode() + ": " + answer.message());
    }

    private static Reason reason(Answer answer) {
        return switch (answer.errorCode()) {
            case 40401 -> Reason.UNKNOWN_SUBJECT;
            case 40402 -> Reason.UNKNOWN_VERSION;
            case 40403 -> Reason.UNKNOWN_SCHEMA;
            case 40408 -> Reason.UNKNOWN_CONFIG;
            case 42201, 422 -> Reason.INVALID_SCHEMA;
            case 42202 -> Reason.INVALID_VERSION;
            case 42203 -> Reason.INVALID_COMPATIBILITY;
            default -> answer.status() == 409 ? Reason.INCOMPATIBLE : Reason.UNEXPECTED;
        };
    }

    private static RegistryException unexpected(Answer answer) {
        return new RegistryException(
                Reason.UNEXPECTED, "status=" + answer.status() + " and a body that the API does not have; wrong URL?");
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
