package dev.tiercel.enricher.github;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiercel.enricher.source.EventText;
import dev.tiercel.enricher.source.JsonPiece;
import dev.tiercel.enricher.source.JsonShape;
import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Entries of GitHub's audit log, as lines, arrays or single objects, and documents of webhooks.
public final class GithubFormat implements SourceFormat {
    /// Event source of its events.
    public static final String SOURCE = "github";

    private static final int ACTION = 0;
    private static final int SENDER = 1;
    private static final int ACTOR = 2;
    private static final int OWNER = 3;
    private static final int ORGANIZATION = 4;
    private static final int REPOSITORY = 5;
    private static final int ENTERPRISE = 6;
    private static final int TYPE = 7;
    private static final int ID = 8;
    private static final int TIME = 9;
    private static final int CREATED = 10;
    private static final JsonShape SHAPE = new JsonShape(
            List.of(
                    "/action",
                    "/sender/login",
                    "/actor",
                    "/organization/login",
                    "/org",
                    "/repository/full_name",
                    "/business",
                    "/webhook_type",
                    "/_document_id",
                    "/@timestamp",
                    "/created_at"),
            List.of());

    @Override
    public String eventSource() {
        return SOURCE;
    }

    @Override
    public void split(byte[] body, Collector into) throws MalformedException {
        SHAPE.read(body, JsonPiece::problem).forEach(piece -> entry(piece, into));
    }

    private static void entry(JsonPiece piece, Collector into) {
        Optional<String> problem = Optional.ofNullable(piece.problem());
        boolean named = !piece.text(ACTION).isEmpty() || !piece.text(TYPE).isEmpty();
        if (problem.isPresent() || !named) {
            into.malformed(piece.bytes(), problem.orElse("no entry of an audit log: it has no action"));
            return;
        }
        ByteBuffer document = piece.document();
        String id = piece.text(ID).isEmpty() ? EventText.hash(document) : piece.text(ID);
        into.event(event(piece, piece.text(TYPE), id, document));
    }

    /// The event of a webhook's delivery, which is one object.
    ///
    /// @param type of the delivery: `push`
    void webhook(byte[] payload, String type, String id, Collector into) throws MalformedException {
        List<JsonPiece> pieces = SHAPE.read(payload);
        if (pieces.size() != 1) throw new MalformedException("a delivery is one JSON object");
        JsonPiece piece = pieces.getFirst();
        if (piece.problem() != null) throw new MalformedException(piece.problem());
        into.event(event(piece, type, id, ByteBuffer.wrap(typed(piece.bytes(), type))));
    }

    /// The object with its type at the end, where it counts even if there is another.
    private static byte[] typed(byte[] object, String type) {
        String text = new String(object, ISO_8859_1);
        String inside = text.substring(0, text.length() - 1).stripTrailing();
        String comma = inside.equals("{") ? "" : ",";
        return (inside + comma + "\"webhook_type\":\"" + type + "\"}").getBytes(ISO_8859_1);
    }

    private static SourceEvent event(JsonPiece piece, String type, String id, ByteBuffer document) {
        String action = piece.text(ACTION);
        return SourceEvent.newBuilder()
                .setId(id)
                .setTime(time(piece).orElseGet(() -> ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now())))
                .setSource(SOURCE)
                .setOrigin(piece.first(OWNER, ORGANIZATION, REPOSITORY, ENTERPRISE))
                .setActor(piece.first(SENDER, ACTOR))
                .setVerb(Stream.of(type, action).filter(part -> !part.isEmpty()).reduce("", GithubFormat::joined))
                .setDocument(document)
                .setReceivedAt(0)
                .build();
    }

    private static String joined(String left, String right) {
        return left.isEmpty() ? right : left + "." + right;
    }

    /// Of an entry of an audit log; deliveries do not say when they happened.
    private static Optional<Long> time(JsonPiece piece) {
        return Stream.of(TIME, CREATED)
                .map(pointer -> EventText.timeOrEpoch(piece.text(pointer)))
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .findFirst();
    }
}
