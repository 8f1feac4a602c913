package dev.tiercel.enricher.cloudtrail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.enricher.source.EventText;
import dev.tiercel.enricher.source.JsonPiece;
import dev.tiercel.enricher.source.JsonShape;
import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.schemas.avro.SourceEvent;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Records of CloudTrail: alone, in `Records` as in its files, in the `detail` of EventBridge, in the `logEvents` of a
/// CloudWatch Logs subscription. Insights are events like others; digest files have none.
public final class CloudTrailFormat implements SourceFormat {
    static final String EVENT_SOURCE = "aws_cloudtrail";

    private static final int ID = 0;
    private static final int TIME = 1;
    private static final int NAME = 2;
    private static final int DIGEST = 3;
    private static final int MESSAGE_TYPE = 4;
    private static final int MESSAGE = 5;
    private static final int DETAIL = 6;
    private static final int[] ACCOUNTS = {7, 8};
    private static final int[] ACTORS = {9, 10, 11, 12};
    private static final JsonShape SHAPE = new JsonShape(
            List.of(
                    "/eventID",
                    "/eventTime",
                    "/eventName",
                    "/digestStartTime",
                    "/messageType",
                    "/message",
                    "/detail",
                    "/recipientAccountId",
                    "/userIdentity/accountId",
                    "/userIdentity/arn",
                    "/userIdentity/userName",
                    "/userIdentity/invokedBy",
                    "/userIdentity/principalId"),
            List.of("Records", "logEvents"));

    @Override
    public String eventSource() {
        return EVENT_SOURCE;
    }

    @Override
    public Set<String> envelopes() {
        return Set.of("Records");
    }

    @Override
    public void split(byte[] body, Collector into) throws MalformedException {
        SHAPE.read(body, CloudTrailFormat::reason).forEach(piece -> piece(piece, into));
    }

    /// Why it has no record; null: it may have.
    private static @Nullable String reason(JsonPiece piece) {
        if (piece.problem() != null) return piece.problem();
        if (!piece.text(ID).isEmpty()) {
            return time(piece).isPresent() ? null : "eventTime is not a time: '%s'".formatted(piece.text(TIME));
        }
        boolean known = piece.isEnvelope()
                || !piece.text(DETAIL).isEmpty()
                || !piece.text(MESSAGE).isEmpty()
                || !piece.text(DIGEST).isEmpty();
        return known ? null : "no record of CloudTrail: it has no eventID";
    }

    private static OptionalLong time(JsonPiece piece) {
        return EventText.time(piece.text(TIME));
    }

    private static void piece(JsonPiece piece, Collector into) {
        String reason = reason(piece);
        if (reason != null) {
            into.malformed(piece.bytes(), reason);
        } else if (!piece.text(ID).isEmpty()) {
            into.event(event(piece));
        } else if (piece.isEnvelope()) {
            elements(piece, into);
        } else if (piece.text(DIGEST).isEmpty()) {
            String inner = piece.text(DETAIL).isEmpty() ? piece.text(MESSAGE) : piece.text(DETAIL);
            SHAPE.read(inner.getBytes(UTF_8)).forEach(one -> piece(one, into));
        }
    }

    /// CloudWatch Logs sends messages of its own when a subscription begins.
    private static void elements(JsonPiece piece, Collector into) {
        if (piece.text(MESSAGE_TYPE).equals("CONTROL_MESSAGE")) return;
        piece.elements().forEach(element -> piece(element, into));
    }

    private static SourceEvent event(JsonPiece piece) {
        return SourceEvent.newBuilder()
                .setId(piece.text(ID))
                .setTime(time(piece).orElseThrow())
                .setSource(EVENT_SOURCE)
                .setOrigin(piece.first(ACCOUNTS))
                .setActor(piece.first(ACTORS))
                .setVerb(piece.text(NAME))
                .setDocument(piece.document())
                .setReceivedAt(0)
                .build();
    }
}
