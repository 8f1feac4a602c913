package dev.tiercel.fields.document;

import dev.tiercel.fields.syscall.Moments;
import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What extractors read: the header of the current event, and its document, which is indexed when it is first asked
/// for. Not thread-safe.
final class CurrentDocument {

    private final ZoneId zone;
    private final OktaFailures failures;
    private final JsonDocument document = new JsonDocument();
    private final JsonNodes nodes = new JsonNodes();
    private SourceEvent header = noHeader();
    private byte[] bytes = {};
    private int from;
    private int length;
    private boolean indexed;

    /// What [#has] was asked for of this document, and what it said.
    private @Nullable JsonPath asked;

    private boolean answer;
    private long number;

    /// @param zone of times of day
    CurrentDocument(ZoneId zone, OktaFailures failures) {
        this.zone = zone;
        this.failures = failures;
    }

    private static SourceEvent noHeader() {
        return new SourceEvent("", 0L, "", "", "", "", ByteBuffer.allocate(0), 0L);
    }

    /// Moves to an event.
    ///
    /// @param eventNumber of the event among those of its source
    void event(SourceEvent event, long eventNumber) {
        header = event;
        number = eventNumber;
        body(event.getDocument());
    }

    private void body(ByteBuffer body) {
        indexed = false;
        asked = null;
        length = body.remaining();
        if (body.hasArray()) {
            bytes = body.array();
            from = body.arrayOffset() + body.position();
        } else {
            bytes = new byte[length];
            from = 0;
            body.duplicate().get(bytes);
        }
    }

    ZoneId zone() {
        return zone;
    }

    /// What counts of earlier events are taken from.
    OktaFailures failures() {
        return failures;
    }

    /// Number of the event among those of its source.
    long number() {
        return number;
    }

    /// Nanoseconds since the epoch, as the header says; 0: unknown.
    long time() {
        return header.getTime();
    }

    /// When it was received, nanoseconds since the epoch; 0: unknown.
    long receivedAt() {
        return header.getReceivedAt();
    }

    /// The source's own id of the event; null: the header does not say.
    @Nullable
    String id() {
        return unlessEmpty(header.getId());
    }

    /// Event source, as the header names it; null: it does not.
    @Nullable
    String source() {
        return unlessEmpty(header.getSource());
    }

    /// Cluster, account, organization or project; null: the header does not say.
    @Nullable
    String origin() {
        return unlessEmpty(header.getOrigin());
    }

    /// Who acted; null: the header does not say.
    @Nullable
    String actor() {
        return unlessEmpty(header.getActor());
    }

    /// What was done; null: the header does not say.
    @Nullable
    String verb() {
        return unlessEmpty(header.getVerb());
    }

    private static @Nullable String unlessEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    /// The document, at the event.
    ///
    /// @throws dev.tiercel.schemas.BadRecordException (CORRUPT) if it is not JSON
    JsonDocument document() {
        if (!indexed) {
            document.read(bytes, from, length);
            indexed = true;
        }
        return document;
    }

    /// The node that a path leads to from the root.
    int at(JsonPath path) {
        JsonDocument body = document();
        return body.at(body.root(), path);
    }

    /// Whether a path leads anywhere from the root; cheap for the path that it was asked for last.
    boolean has(JsonPath path) {
        if (asked != path) {
            answer = at(path) >= 0;
            asked = path;
        }
        return answer;
    }

    /// The text of the value that a path leads to from the root ([JsonDocument#text]); null: none.
    @Nullable
    String text(JsonPath path) {
        return document.text(at(path));
    }

    /// The text of the value that a path leads to from the root, as Falco's plugins have it
    /// ([JsonDocument#written]); null: none.
    @Nullable
    String written(JsonPath path) {
        return document.written(at(path));
    }

    /// What the string says that a path leads to from the root; null: there is none, or it is no string.
    @Nullable
    String string(JsonPath path) {
        int node = at(path);
        return document.is(node, JsonDocument.Kind.STRING) ? document.text(node) : null;
    }

    /// The JSON that a path leads to from the root ([JsonDocument#raw]); null: none.
    @Nullable
    String json(JsonPath path) {
        return document.raw(at(path));
    }

    /// The moment that the string says that a path leads to from the root, in nanoseconds since the epoch; null:
    /// none.
    @Nullable
    Long moment(JsonPath path) {
        String written = string(path);
        return written == null ? null : Moments.parse(written);
    }

    /// The values that a way through arrays leads to, valid until the next call; null: it leads nowhere.
    @Nullable
    JsonNodes all(JsonPaths paths) {
        nodes.clear();
        return paths.collect(document(), nodes) ? nodes : null;
    }

    /// The elements of the array that a way leads to, valid until the next call; null: there are none.
    @Nullable
    JsonNodes elements(JsonPaths paths) {
        nodes.clear();
        return paths.collectElements(document(), nodes) ? nodes : null;
    }
}
