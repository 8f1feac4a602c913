package dev.tiercel.detector.execs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.schemas.avro.ExecSession;
import dev.tiercel.schemas.avro.SourceEvent;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An audit event that says that somebody entered a pod: the API server has let them, and the connection stands.
final class AuditedExec {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KINDS = Set.of("exec", "attach");
    private static final Set<String> STAGES = Set.of("ResponseStarted", "ResponseComplete");
    private static final int SWITCHED = 101;
    private static final int OK = 200;

    private final SourceEvent event;
    private final JsonNode document;
    private final ExecQuery query;

    private AuditedExec(SourceEvent event, JsonNode document) {
        this.event = event;
        this.document = document;
        this.query = ExecQuery.of(document.path("requestURI").asText());
    }

    /// The session that the event tells of; null: it is another event, or was refused.
    static @Nullable ExecSession session(SourceEvent event) {
        JsonNode document = document(event);
        JsonNode object = document.path("objectRef");
        int code = document.at("/responseStatus/code").asInt();
        boolean entered = object.path("resource").asText().equals("pods")
                && KINDS.contains(object.path("subresource").asText())
                && STAGES.contains(document.path("stage").asText())
                && (code == SWITCHED || code == OK);
        return entered ? new AuditedExec(event, document).session(object) : null;
    }

    /// Empty: it is no JSON.
    private static JsonNode document(SourceEvent event) {
        byte[] bytes = new byte[event.getDocument().remaining()];
        event.getDocument().duplicate().get(bytes);
        try {
            return JSON.readTree(bytes);
        } catch (IOException malformed) {
            return JSON.missingNode();
        }
    }

    private ExecSession session(JsonNode object) {
        return ExecSession.newBuilder()
                .setCluster(event.getOrigin())
                .setNamespace(object.path("namespace").asText())
                .setPod(object.path("name").asText())
                .setPodUid(object.path("uid").asText())
                .setContainer(query.container())
                .setKind(object.path("subresource").asText())
                .setCommand(query.command())
                .setStdin(query.stdin())
                .setTty(query.tty())
                .setUser(document.at("/user/username").asText())
                .setGroups(texts(document.at("/user/groups")))
                .setImpersonated(document.at("/impersonatedUser/username").asText())
                .setSourceIps(texts(document.path("sourceIPs")))
                .setAuditId(document.path("auditID").asText())
                .setTime(received())
                .setEnded(isEnd() ? event.getTime() : 0)
                .build();
    }

    /// A server that writes one event for the whole has no end.
    private boolean isEnd() {
        return document.path("stage").asText().equals("ResponseComplete")
                && document.at("/responseStatus/code").asInt() == SWITCHED;
    }

    private long received() {
        try {
            Instant at = Instant.parse(document.path("requestReceivedTimestamp").asText());
            return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
        } catch (DateTimeParseException | ArithmeticException none) {
            return event.getTime();
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
