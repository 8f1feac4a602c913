package dev.tiercel.fields.json;

import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldFlag;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.FieldType;
import dev.tiercel.fields.Row;
import dev.tiercel.schemas.EventType;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A row over an event given as keys and values: fields as rules write them (`proc.aname[2]`, `evt.arg.flags`), each
/// with a number, a boolean, a string or a list of strings. The common part of [MapRow] and [JsonRow].
///
/// A value is converted to the type of its field: see [FieldValues]. A value that is null, missing or does not fit
/// the type is absent. Values that follow from other keys can be omitted: see [Derivations].
abstract sealed class KeyedRow implements Row permits JsonRow, MapRow {

    private final FieldReference[] references;
    private final Derivations.Reading[] readings;

    /// By slot: the value printed instead of a list of all ancestors.
    private final Derivations.@Nullable Reading[] printed;

    /// Slots of fields that cannot have just any text.
    private final int[] typed;

    private final Derivations.Reading eventTypeName;
    private final Derivations.Reading source;
    private final Derivations.Reading hostname;
    private final Derivations.Reading moment;
    private final EventKeys keys = new EventKeys();

    /// By slot: the cached value, and the event it belongs to.
    private final @Nullable Object[] values;

    private final long[] knownIn;
    private long eventNumber;
    private int eventType;

    /// @param zone of times of day
    /// @param defaultSource event source of events that name none; empty: they have none
    KeyedRow(FieldSlots slots, ZoneId zone, String defaultSource) {
        Derivations derivations = new Derivations(keys, zone, defaultSource);
        references = slots.references().toArray(FieldReference[]::new);
        readings = new Derivations.Reading[references.length];
        printed = new Derivations.Reading[references.length];
        for (int slot = 0; slot < readings.length; slot++) {
            readings[slot] = derivations.of(references[slot]);
            FieldDefinition field = references[slot].field();
            if (field.is(FieldFlag.ANY_WITHOUT_ARGUMENT)
                    && references[slot].argument().isEmpty()) {
                printed[slot] = derivations.itself(field.name());
            }
        }
        typed = IntStream.range(0, references.length)
                .filter(slot -> isTyped(references[slot].field()))
                .toArray();
        eventTypeName = derivations.key("evt.type");
        source = derivations.source();
        hostname = derivations.key("evt.hostname");
        moment = derivations.moment();
        values = new Object[references.length];
        knownIn = new long[references.length];
    }

    private static boolean isTyped(FieldDefinition field) {
        return !field.type().textual() && field.type() != FieldType.DYNAMIC && !field.is(FieldFlag.NUMBER_IN_OUTPUT);
    }

    /// The keys that [#given(int)] is called with.
    final EventKeys keys() {
        return keys;
    }

    /// The current event's value of a key: String, Number, Boolean, byte[], List or null.
    abstract @Nullable Object given(int key);

    /// Moves to the next event, clearing the values of the last.
    final void turn() {
        eventNumber++;
        Object type = eventTypeName.of(this);
        eventType = type instanceof String name
                ? EventType.named(name).map(EventType::number).orElse(0)
                : 0;
    }

    /// The event's source, or else the default; empty: none.
    public String source() {
        return source.of(this) instanceof String name ? name : "";
    }

    /// `evt.hostname`; empty: absent.
    public String hostname() {
        return hostname.of(this) instanceof String name ? name : "";
    }

    /// Time of the event in nanoseconds since the epoch, from `evt.rawtime` or another field with date and time; 0:
    /// unknown.
    public long time() {
        return moment.of(this) instanceof Long nanos ? nanos : 0;
    }

    private @Nullable Object value(int slot) {
        if (knownIn[slot] != eventNumber) {
            Object raw = readings[slot].of(this);
            values[slot] = raw == null ? null : FieldValues.of(references[slot], raw);
            knownIn[slot] = eventNumber;
        }
        return values[slot];
    }

    /// Says of a field that it cannot have the value given for it; empty: every field can.
    public final String misfit() {
        for (int slot : typed) {
            Object raw = readings[slot].of(this);
            FieldDefinition field = references[slot].field();
            if (raw != null && !FieldValues.fits(field, raw)) {
                return "%s is of type %s, not '%s'"
                        .formatted(
                                references[slot].text(),
                                field.type().name().toLowerCase(Locale.ROOT),
                                FieldValues.string(raw));
            }
        }
        return "";
    }

    @Override
    public final int eventType() {
        return eventType;
    }

    @Override
    public final long processToken() {
        return -1;
    }

    @Override
    public final long eventToken() {
        return eventNumber;
    }

    @Override
    public final boolean present(int slot) {
        return value(slot) != null;
    }

    @Override
    public final long number(int slot) {
        if (references[slot].field().is(FieldFlag.NUMBER_IN_OUTPUT)) {
            return time();
        }
        Object value = value(slot);
        return value == null ? Row.ABSENT : FieldValues.number(value);
    }

    @Override
    public final @Nullable String text(int slot) {
        Derivations.Reading itself = printed[slot];
        if (itself != null) {
            Object own = itself.of(this);
            return own == null ? null : FieldValues.string(own);
        }
        Object value = value(slot);
        return value == null ? null : FieldValues.text(references[slot].field(), value);
    }

    @Override
    public final byte @Nullable [] bytes(int slot) {
        Object value = value(slot);
        return value == null ? null : FieldValues.bytes(value);
    }

    @Override
    @SuppressWarnings("unchecked") // FieldValues makes lists of strings only
    public final @Nullable List<String> texts(int slot) {
        Object value = value(slot);
        if (value instanceof List<?>) {
            return (List<String>) value;
        }
        return value == null ? null : List.of(FieldValues.text(references[slot].field(), value));
    }
}
