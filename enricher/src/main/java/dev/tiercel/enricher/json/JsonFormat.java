package dev.tiercel.enricher.json;

import dev.tiercel.enricher.source.EventText;
import dev.tiercel.enricher.source.JsonPiece;
import dev.tiercel.enricher.source.JsonShape;
import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// JSON objects of any kind: single ones, arrays, lines. Pointers tell what their headers are made of.
public final class JsonFormat implements SourceFormat {
    /// Event source of its events.
    public static final String SOURCE = "json";

    private static final int ID = 0;
    private static final int TIME = 1;
    private static final int ORIGIN = 2;
    private static final int ACTOR = 3;
    private static final int VERB = 4;

    private final JsonShape shape;
    private final int[] numbers = new int[VERB + 1];

    public JsonFormat(JsonConfig config) {
        List<String> given = new ArrayList<>();
        for (int part = 0; part <= VERB; part++) {
            String pointer = config.pointers().get(part);
            numbers[part] = pointer.isEmpty() ? -1 : number(pointer, given);
        }
        shape = new JsonShape(given, List.of());
    }

    /// Two parts may have the same pointer.
    private static int number(String pointer, List<String> given) {
        if (!given.contains(pointer)) given.add(pointer);
        return given.indexOf(pointer);
    }

    @Override
    public String eventSource() {
        return SOURCE;
    }

    @Override
    public void split(byte[] body, Collector into) throws MalformedException {
        for (JsonPiece piece : shape.read(body, JsonPiece::problem)) {
            String problem = piece.problem();
            if (problem == null) {
                into.event(event(piece));
            } else {
                into.malformed(piece.bytes(), problem);
            }
        }
    }

    private SourceEvent event(JsonPiece piece) {
        ByteBuffer document = piece.document();
        String id = text(piece, ID);
        OptionalLong time = EventText.timeOrEpoch(text(piece, TIME));
        return SourceEvent.newBuilder()
                .setId(id.isEmpty() ? EventText.hash(document) : id)
                .setTime(time.orElseGet(() -> ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now())))
                .setSource(SOURCE)
                .setOrigin(text(piece, ORIGIN))
                .setActor(text(piece, ACTOR))
                .setVerb(text(piece, VERB))
                .setDocument(document)
                .setReceivedAt(0)
                .build();
    }

    private String text(JsonPiece piece, int part) {
        return numbers[part] < 0 ? "" : piece.text(numbers[part]);
    }
}
