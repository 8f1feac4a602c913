package dev.tiercel.enricher.okta;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.enricher.source.EventText;
import dev.tiercel.enricher.source.JsonPiece;
import dev.tiercel.enricher.source.JsonShape;
import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.schemas.avro.SourceEvent;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Events of Okta's system log: alone, in an array as its API has them, in the `data` of an event hook.
public final class OktaFormat implements SourceFormat {
    static final String EVENT_SOURCE = "okta";

    private static final int ID = 0;
    private static final int TIME = 1;
    private static final int TYPE = 2;
    private static final int DATA = 3;
    private static final int[] ACTORS = {4, 5, 6};
    private static final JsonShape SHAPE = new JsonShape(
            List.of(
                    "/uuid",
                    "/published",
                    "/eventType",
                    "/data",
                    "/actor/alternateId",
                    "/actor/displayName",
                    "/actor/id"),
            List.of("events"));

    private final String organization;

    /// @param organization origin of all events; empty: unknown
    public OktaFormat(String organization) {
        this.organization = organization;
    }

    @Override
    public String eventSource() {
        return EVENT_SOURCE;
    }

    @Override
    public void split(byte[] body, Collector into) throws MalformedException {
        SHAPE.read(body, OktaFormat::reason).forEach(piece -> piece(piece, into));
    }

    /// Why it has no event; null: it may have.
    private static @Nullable String reason(JsonPiece piece) {
        if (piece.problem() != null) return piece.problem();
        if (!piece.text(ID).isEmpty()) {
            return time(piece).isPresent() ? null : "published is not a time: '%s'".formatted(piece.text(TIME));
        }
        boolean known = piece.isEnvelope() || piece.text(DATA).startsWith("{");
        return known ? null : "no event of Okta: it has no uuid";
    }

    private static OptionalLong time(JsonPiece piece) {
        return EventText.time(piece.text(TIME));
    }

    private void piece(JsonPiece piece, Collector into) {
        String reason = reason(piece);
        if (reason != null) {
            into.malformed(piece.bytes(), reason);
        } else if (!piece.text(ID).isEmpty()) {
            into.event(event(piece));
        } else if (piece.isEnvelope()) {
            piece.elements().forEach(element -> piece(element, into));
        } else {
            SHAPE.read(piece.text(DATA).getBytes(UTF_8)).forEach(inner -> piece(inner, into));
        }
    }

    private SourceEvent event(JsonPiece piece) {
        return SourceEvent.newBuilder()
                .setId(piece.text(ID))
                .setTime(time(piece).orElseThrow())
                .setSource(EVENT_SOURCE)
                .setOrigin(organization)
                .setActor(piece.first(ACTORS))
                .setVerb(piece.text(TYPE))
                .setDocument(piece.document())
                .setReceivedAt(0)
                .build();
    }
}
