package dev.tiercel.enricher.gcp;

import dev.tiercel.enricher.source.EventText;
import dev.tiercel.enricher.source.JsonPiece;
import dev.tiercel.enricher.source.JsonShape;
import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;

/// Entries of Cloud Logging: single ones, arrays, lines, and messages that Pub/Sub pushes (`message.data`). The id
/// is the entry's `insertId`, or else the message's.
public final class GcpAuditFormat implements SourceFormat {
    /// Event source of its events.
    public static final String SOURCE = "gcp_auditlog";

    private static final int INSERT_ID = 0;
    private static final int TIMESTAMP = 1;
    private static final int RECEIVED = 2;
    private static final int LOG = 3;
    private static final int PROJECT = 4;
    private static final int PRINCIPAL = 5;
    private static final int METHOD = 6;
    private static final int DATA = 7;
    private static final int MESSAGE_ID = 8;
    private static final JsonShape SHAPE = new JsonShape(
            List.of(
                    "/insertId",
                    "/timestamp",
                    "/receiveTimestamp",
                    "/logName",
                    "/resource/labels/project_id",
                    "/protoPayload/authenticationInfo/principalEmail",
                    "/protoPayload/methodName",
                    "/message/data",
                    "/message/messageId"),
            List.of());

    @Override
    public String eventSource() {
        return SOURCE;
    }

    @Override
    public void split(byte[] body, Collector into) throws MalformedException {
        List<JsonPiece> pieces = SHAPE.read(body);
        if (pieces.size() == 1) {
            piece(pieces.getFirst(), into);
            return;
        }
        for (JsonPiece piece : pieces) {
            try {
                piece(piece, into);
            } catch (MalformedException malformed) {
                into.malformed(piece.bytes(), String.valueOf(malformed.getMessage()));
            }
        }
    }

    private static void piece(JsonPiece piece, Collector into) throws MalformedException {
        if (piece.problem() != null) throw new MalformedException(piece.problem());
        if (piece.text(DATA).isEmpty()) {
            into.event(event(piece, ""));
            return;
        }
        for (JsonPiece entry : SHAPE.read(decoded(piece.text(DATA)))) {
            if (entry.problem() != null) throw new MalformedException("message.data: " + entry.problem());
            into.event(event(entry, piece.text(MESSAGE_ID)));
        }
    }

    private static byte[] decoded(String data) throws MalformedException {
        try {
            return Base64.getDecoder().decode(data);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedException("message.data is not Base64");
        }
    }

    private static SourceEvent event(JsonPiece entry, String messageId) throws MalformedException {
        OptionalLong time = EventText.time(entry.text(TIMESTAMP));
        if (time.isEmpty()) time = EventText.time(entry.text(RECEIVED));
        if (entry.text(LOG).isEmpty() || time.isEmpty()) {
            throw new MalformedException("no entry of Cloud Logging: logName or timestamp is missing");
        }
        ByteBuffer document = entry.document();
        return SourceEvent.newBuilder()
                .setId(id(entry, messageId, document))
                .setTime(time.getAsLong())
                .setSource(SOURCE)
                .setOrigin(origin(entry))
                .setActor(entry.text(PRINCIPAL))
                .setVerb(entry.text(METHOD))
                .setDocument(document)
                .setReceivedAt(0)
                .build();
    }

    private static String id(JsonPiece entry, String messageId, ByteBuffer document) {
        if (!entry.text(INSERT_ID).isEmpty()) return entry.text(INSERT_ID);
        return messageId.isEmpty() ? EventText.hash(document) : messageId;
    }

    /// The project; of `organizations/1/logs/…`, `folders/2/logs/…` the number.
    private static String origin(JsonPiece entry) {
        if (!entry.text(PROJECT).isEmpty()) return entry.text(PROJECT);
        String[] parts = entry.text(LOG).split("/", 3);
        return parts.length > 1 ? parts[1] : "";
    }
}
