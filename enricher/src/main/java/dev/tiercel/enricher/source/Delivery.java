package dev.tiercel.enricher.source;

import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a source hands over at once, and what is committed at once: events, pieces that are no events, and how far
/// the source has then read. Not thread-safe; not changed any more once it was offered.
public final class Delivery implements SourceFormat.Collector {
    /// Longest id, in characters: ids are the sender's words, and as many are kept in memory as are remembered.
    private static final int LONGEST_ID = 512;

    private final String eventSource;
    private final List<SourceEvent> events = new ArrayList<>();
    private final List<Malformed> malformed = new ArrayList<>();
    private final Map<String, @Nullable String> progress = new LinkedHashMap<>();
    private long bytes;

    /// A piece of a body that is no event.
    @SuppressWarnings("ArrayRecordComponent") // passed on unchanged, never compared
    record Malformed(byte[] piece, String reason) {}

    /// @param eventSource of all its events: it decides the topic
    public Delivery(String eventSource) {
        this.eventSource = eventSource;
    }

    /// @param event whose id, if it is longer than 512 characters, is replaced by its hash
    @Override
    public void event(SourceEvent event) {
        if (event.getId().length() > LONGEST_ID) {
            event.setId(EventText.hash(StandardCharsets.UTF_8.encode(event.getId())));
        }
        events.add(event);
        bytes += event.getDocument().remaining();
    }

    @Override
    public void malformed(byte[] piece, String reason) {
        malformed.add(new Malformed(piece, reason));
        bytes += piece.length;
    }

    /// With this delivery the source has read up to `position`.
    ///
    /// @param part name of the source and part: `cloudtrail/2026/a.json.gz`
    /// @param position JSON, up to 64 KiB; null: forget the part
    public void progress(String part, @Nullable String position) {
        progress.put(part, position);
    }

    /// Event source of its events.
    public String eventSource() {
        return eventSource;
    }

    /// Its events so far, in order.
    public List<SourceEvent> events() {
        return Collections.unmodifiableList(events);
    }

    List<Malformed> malformed() {
        return malformed;
    }

    Map<String, @Nullable String> progress() {
        return progress;
    }

    /// Length of all documents and malformed pieces.
    public long bytes() {
        return bytes;
    }

    /// Whether there is nothing to publish.
    public boolean isEmpty() {
        return events.isEmpty() && malformed.isEmpty() && progress.isEmpty();
    }
}
