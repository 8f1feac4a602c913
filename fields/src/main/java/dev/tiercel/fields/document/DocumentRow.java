package dev.tiercel.fields.document;

import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldFlag;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.FieldType;
import dev.tiercel.fields.Row;
import dev.tiercel.fields.json.FieldValues;
import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events of a source whose events are JSON documents, as rules see them, one after the other.
///
/// A value is extracted when it is first asked for, once per event and slot; a document of which only the header is
/// asked for is not parsed. Any accessor may throw [dev.tiercel.schemas.BadRecordException], if the document is no
/// JSON. Not thread-safe.
public final class DocumentRow implements Row {

    private final DocumentFields fields;
    private final FieldReference[] references;
    private final DocumentExtractor[] extractors;
    private final CurrentDocument current;

    /// By slot: the value, and the event it belongs to.
    private final @Nullable Object[] values;

    private final long[] knownIn;
    private long eventNumber;

    /// A row with no event yet, which counts only what it sees itself.
    ///
    /// @param source as rules name it; one that is not known has the fields of any JSON
    /// @param zone of times of day
    public DocumentRow(String source, FieldSlots slots, ZoneId zone) {
        this(source, slots, zone, new OktaFailures());
    }

    /// The same, for a row that goes on counting where others have stopped.
    ///
    /// @param failures what `okta.mfa…countlast` counts; the row adds to it
    public DocumentRow(String source, FieldSlots slots, ZoneId zone, OktaFailures failures) {
        DocumentExtractors table = DocumentExtractors.of(source);
        fields = table.fields();
        references = slots.references().toArray(FieldReference[]::new);
        extractors = slots.references().stream().map(table::of).toArray(DocumentExtractor[]::new);
        current = new CurrentDocument(zone, failures);
        values = new Object[references.length];
        knownIn = new long[references.length];
    }

    /// The sources that have fields of their own here, as rules name them; `json` is any JSON.
    public static List<String> sources() {
        return DocumentExtractors.sources();
    }

    /// Moves to an event, which must not change while the row is on it.
    ///
    /// @param number of the event, as `evt.num`, from 1 on: rules say `evt.num = 0` for what never holds
    public void event(SourceEvent event, long number) {
        eventNumber++;
        current.event(event, number);
        fields.seen(current);
    }

    /// Moves to an event numbered by how many the row has seen.
    public void event(SourceEvent event) {
        event(event, eventNumber + 1);
    }

    /// Moves to an event of which there is only the document, in `length` bytes of `json` from `from`, which must
    /// not change while the row is on it. What a header would say is read from the document.
    public void event(byte[] json, int from, int length) {
        event(new SourceEvent("", 0L, "", "", "", "", ByteBuffer.wrap(json, from, length), 0L));
    }

    /// When the event happened, in nanoseconds since the epoch; 0: unknown.
    public long time() {
        Long nanos = DocumentEventFields.moment(fields, current);
        return nanos == null ? 0 : nanos;
    }

    /// Cluster, account, organization or project that the event is from; empty: unknown.
    public String origin() {
        String origin = current.origin();
        return origin == null ? "" : origin;
    }

    private @Nullable Object value(int slot) {
        if (knownIn[slot] != eventNumber) {
            values[slot] = converted(references[slot], extractors[slot].of(current));
            knownIn[slot] = eventNumber;
        }
        return values[slot];
    }

    private static @Nullable Object converted(FieldReference reference, @Nullable Object value) {
        FieldDefinition field = reference.field();
        return switch (value) {
            case null -> null;
            case List<?> list when field.list() -> list.isEmpty() ? null : list;
            case String text when field.type() == FieldType.STRING && !field.list() -> text;
            case Long number when field.type().integral() -> number;
            default -> FieldValues.of(reference, value);
        };
    }

    @Override
    public int eventType() {
        return 0;
    }

    @Override
    public long processToken() {
        return -1;
    }

    @Override
    public long eventToken() {
        return eventNumber;
    }

    @Override
    public boolean present(int slot) {
        return value(slot) != null;
    }

    @Override
    public long number(int slot) {
        Object value = value(slot);
        if (value == null) {
            return ABSENT;
        }
        return references[slot].field().is(FieldFlag.NUMBER_IN_OUTPUT) ? time() : FieldValues.number(value);
    }

    @Override
    public @Nullable String text(int slot) {
        Object value = value(slot);
        return value == null ? null : FieldValues.text(references[slot].field(), value);
    }

    @Override
    public byte @Nullable [] bytes(int slot) {
        Object value = value(slot);
        return value == null ? null : FieldValues.bytes(value);
    }

    @Override
    @SuppressWarnings("unchecked") // extractors and FieldValues make lists of strings only
    public @Nullable List<String> texts(int slot) {
        Object value = value(slot);
        if (value instanceof List<?>) {
            return (List<String>) value;
        }
        return value == null ? null : List.of(FieldValues.text(references[slot].field(), value));
    }
}
