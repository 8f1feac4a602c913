package dev.tiercel.enricher.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.schemas.avro.SourceEvent;
import java.util.ArrayList;
import java.util.List;

/// What a format finds in a body.
public final class Pieces implements SourceFormat.Collector {
    private final List<SourceEvent> events = new ArrayList<>();
    private final List<String> malformed = new ArrayList<>();

    /// Splits `body`.
    public static Pieces of(SourceFormat format, String body) throws MalformedException {
        return of(format, body.getBytes(UTF_8));
    }

    /// Splits `body`.
    public static Pieces of(SourceFormat format, byte[] body) throws MalformedException {
        Pieces pieces = new Pieces();
        format.split(body, pieces);
        return pieces;
    }

    @Override
    public void event(SourceEvent event) {
        events.add(event);
    }

    @Override
    public void malformed(byte[] piece, String reason) {
        malformed.add(new String(piece, UTF_8) + " → " + reason);
    }

    /// In order.
    public List<SourceEvent> events() {
        return events;
    }

    /// Each as `PIECE → REASON`.
    public List<String> malformed() {
        return malformed;
    }

    /// The only event; there is nothing else.
    public SourceEvent only() {
        if (events.size() != 1 || !malformed.isEmpty()) throw new AssertionError(events + " " + malformed);
        return events.getFirst();
    }

    /// The documents of all events.
    public List<String> documents() {
        return events.stream()
                .map(event -> EventTopics.text(event.getDocument()))
                .toList();
    }
}
