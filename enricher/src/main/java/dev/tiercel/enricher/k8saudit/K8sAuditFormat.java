package dev.tiercel.enricher.k8saudit;

import dev.tiercel.enricher.source.EventText;
import dev.tiercel.enricher.source.JsonPiece;
import dev.tiercel.enricher.source.JsonShape;
import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Audit events of `audit.k8s.io`: lists of them (webhooks), single ones, lines (log files), arrays; and the
/// envelopes of clouds, see [Envelope]. What an envelope carries beside audit events (logs of schedulers,
/// authenticators) is left out.
///
/// One request has an event for each stage: the id is both, `AUDIT-ID/STAGE`.
public final class K8sAuditFormat implements SourceFormat {
    /// Event source of its events.
    public static final String SOURCE = "k8s_audit";

    private static final int KIND = 0;
    private static final int AUDIT_ID = 1;
    private static final int STAGE = 2;
    private static final int STAGE_TIMESTAMP = 3;
    private static final int RECEIVED_TIMESTAMP = 4;
    private static final int OLD_TIMESTAMP = 5;
    private static final int USER = 6;
    private static final int VERB = 7;
    private static final int LEVEL = 8;
    private static final List<String> POINTERS = Stream.concat(
                    Stream.of(
                            "/kind",
                            "/auditID",
                            "/stage",
                            "/stageTimestamp",
                            "/requestReceivedTimestamp",
                            "/timestamp",
                            "/user/username",
                            "/verb",
                            "/level"),
                    Envelope.POINTERS.stream())
            .toList();
    private static final int ENVELOPE = POINTERS.size() - Envelope.POINTERS.size();
    private static final JsonShape SHAPE = new JsonShape(POINTERS, List.of("items", "records", "logEvents"));

    private static final int MOST_BYTES = 64 << 20;

    private final String cluster;

    /// @param cluster origin of all events; empty: the one in the envelope
    public K8sAuditFormat(String cluster) {
        this.cluster = cluster;
    }

    @Override
    public String eventSource() {
        return SOURCE;
    }

    @Override
    public Set<String> envelopes() {
        return Set.of("items", "records");
    }

    @Override
    public void split(byte[] body, Collector into) throws MalformedException {
        List<JsonPiece> pieces = SHAPE.read(body, K8sAuditFormat::reason);
        Pieces all = new Pieces(into);
        pieces.forEach(piece -> all.add(piece, cluster));
    }

    /// Why it has no audit event; null: it may have.
    private static @Nullable String reason(JsonPiece piece) {
        String problem = piece.problem();
        if (problem != null) return problem;
        boolean known = isEvent(piece) || piece.isEnvelope() || new Envelope(piece, ENVELOPE).known();
        return known
                ? null
                : "no Event or EventList of audit.k8s.io: kind is '%s'".formatted(shortened(piece.text(KIND)));
    }

    private static String shortened(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }

    private static boolean isEvent(JsonPiece piece) {
        return (piece.text(KIND).equals("Event") && !piece.text(LEVEL).isEmpty())
                || (piece.text(KIND).isEmpty() && !piece.text(AUDIT_ID).isEmpty());
    }

    /// The pieces of one body, and what the envelopes in it may still have inside.
    private final class Pieces {
        private final Collector into;
        private int left = MOST_BYTES;

        Pieces(Collector into) {
            this.into = into;
        }

        void add(JsonPiece piece, String origin) {
            String reason = reason(piece);
            if (reason != null) {
                into.malformed(piece.bytes(), reason);
            } else if (isEvent(piece)) {
                event(piece, origin, into);
            } else {
                envelope(piece, origin);
            }
        }

        private void envelope(JsonPiece piece, String origin) {
            Envelope envelope = new Envelope(piece, ENVELOPE);
            if (envelope.other()) return;
            String named = cluster.isEmpty() ? envelope.cluster(origin) : cluster;
            if (piece.isEnvelope()) {
                piece.elements().forEach(element -> add(element, named));
                return;
            }
            try {
                byte[] content = envelope.content(left);
                left -= content.length;
                SHAPE.read(content).forEach(inner -> add(inner, named));
            } catch (MalformedException malformed) {
                into.malformed(piece.bytes(), String.valueOf(malformed.getMessage()));
            }
        }
    }

    private static void event(JsonPiece piece, String origin, Collector into) {
        OptionalLong time = time(piece);
        if (time.isEmpty()) {
            into.malformed(piece.bytes(), "no stageTimestamp, or one that is no time");
            return;
        }
        ByteBuffer document = piece.document();
        into.event(SourceEvent.newBuilder()
                .setId(id(piece, document))
                .setTime(time.getAsLong())
                .setSource(SOURCE)
                .setOrigin(origin)
                .setActor(piece.text(USER))
                .setVerb(piece.text(VERB))
                .setDocument(document)
                .setReceivedAt(0)
                .build());
    }

    private static OptionalLong time(JsonPiece piece) {
        for (int pointer : new int[] {STAGE_TIMESTAMP, RECEIVED_TIMESTAMP, OLD_TIMESTAMP}) {
            OptionalLong time = EventText.time(piece.text(pointer));
            if (time.isPresent()) return time;
        }
        return OptionalLong.empty();
    }

    private static String id(JsonPiece piece, ByteBuffer document) {
        String auditId = piece.text(AUDIT_ID);
        return auditId.isEmpty() ? EventText.hash(document) : auditId + "/" + piece.text(STAGE);
    }
}
