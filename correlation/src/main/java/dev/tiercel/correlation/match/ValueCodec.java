package dev.tiercel.correlation.match;

import dev.tiercel.correlation.state.BadStateException;
import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.fields.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes and reads values, events and matches.
public final class ValueCodec {
    private static final int PRESENT = 1;
    private static final int TEXT = 2;
    private static final int NUMBER = 4;
    /// The text is the number in decimal, and not written.
    private static final int DECIMAL = 8;
    /// A value has one of them at most.
    private static final int BOTH = TEXT | DECIMAL;

    private static final int BYTES = 16;
    private static final int TEXTS = 32;
    /// The value that was written before at this place.
    private static final int SAME = 63;

    // What an event has in common with that before it.
    private static final int SOURCE = 1;
    private static final int IDENTITY = 2;
    private static final int HOSTNAME = 4;
    private static final int TOPIC = 8;
    private static final int COMPLETE = 16;

    private static final Evidence NONE = new Evidence("", 0, "", "", "", 0, 0, 0, false);

    private ValueCodec() {}

    /// Writes one value, for [#readValue].
    public static void write(StateWriter out, FieldValue value) {
        int kind = kind(value);
        out.number(kind);
        if ((kind & NUMBER) != 0) out.number(value.number());
        String text = value.text();
        if (text != null && (kind & TEXT) != 0) out.text(text);
        byte[] bytes = value.bytes();
        if (bytes != null) out.bytes(bytes);
        List<String> texts = value.texts();
        if (texts != null) out.texts(texts);
    }

    private static int kind(FieldValue value) {
        String text = value.text();
        boolean decimal = text != null && value.number() != Row.ABSENT && text.equals(Long.toString(value.number()));
        return (value.present() ? PRESENT : 0)
                | (value.number() != Row.ABSENT ? NUMBER : 0)
                | (decimal ? DECIMAL : text != null ? TEXT : 0)
                | (value.bytes() != null ? BYTES : 0)
                | (value.texts() != null ? TEXTS : 0);
    }

    /// Writes values with their number.
    public static void write(StateWriter out, List<FieldValue> values) {
        out.number(values.size());
        for (FieldValue value : values) write(out, value);
    }

    /// Reads what was written for it.
    public static FieldValue readValue(StateReader in) {
        return readValue(in, null);
    }

    private static FieldValue readValue(StateReader in, @Nullable FieldValue before) {
        int kind = in.number(SAME);
        if (kind == 0) return FieldValue.ABSENT;
        if (kind == SAME && before != null) return before;
        if ((kind & BOTH) == BOTH) throw new BadStateException("value of kind " + kind);
        long number = (kind & NUMBER) != 0 ? in.number() : Row.ABSENT;
        return new FieldValue(
                (kind & PRESENT) != 0,
                number,
                readText(in, kind, number),
                (kind & BYTES) != 0 ? in.bytes() : null,
                (kind & TEXTS) != 0 ? List.copyOf(in.texts()) : null);
    }

    private static @Nullable String readText(StateReader in, int kind, long number) {
        if ((kind & DECIMAL) != 0) return Long.toString(number);
        return (kind & TEXT) != 0 ? in.text() : null;
    }

    /// Writes an event.
    ///
    /// @param before what was written before it, which it is likely to have much in common with; null: nothing
    public static void write(StateWriter out, Evidence event, @Nullable Evidence before) {
        int same = before == null ? 0 : common(event, before);
        out.octet(same | (event.complete() ? COMPLETE : 0));
        out.number(before == null ? event.time() : event.time() - before.time());
        if ((same & SOURCE) == 0) out.text(event.source());
        if ((same & IDENTITY) == 0) out.text(event.identity());
        if ((same & HOSTNAME) == 0) out.text(event.hostname());
        if ((same & TOPIC) == 0) out.text(event.topic()).number(event.partition());
        out.number(before == null ? event.offset() : event.offset() - before.offset());
        out.number(event.index());
    }

    private static int common(Evidence event, Evidence before) {
        return (event.source().equals(before.source()) ? SOURCE : 0)
                | (event.identity().equals(before.identity()) ? IDENTITY : 0)
                | (event.hostname().equals(before.hostname()) ? HOSTNAME : 0)
                | (event.topic().equals(before.topic()) && event.partition() == before.partition() ? TOPIC : 0);
    }

    /// Reads evidence that was written after `before`; null: first of all.
    public static Evidence readEvidence(StateReader in, @Nullable Evidence before) {
        int same = in.octet();
        if (before == null && (same & ~COMPLETE) != 0) throw new BadStateException("an event like none");
        Evidence like = before == null ? NONE : before;
        long time = like.time() + in.number();
        String source = (same & SOURCE) != 0 ? like.source() : in.text();
        String identity = (same & IDENTITY) != 0 ? like.identity() : in.text();
        String hostname = (same & HOSTNAME) != 0 ? like.hostname() : in.text();
        String topic = (same & TOPIC) != 0 ? like.topic() : in.text();
        int partition = (same & TOPIC) != 0 ? like.partition() : in.number(Integer.MAX_VALUE);
        long offset = like.offset() + in.number();
        int index = in.number(Integer.MAX_VALUE);
        return new Evidence(source, time, identity, hostname, topic, partition, offset, index, (same & COMPLETE) != 0);
    }

    /// Writes evidence with its number, for [#readAll].
    public static void writeAll(StateWriter out, List<Evidence> events) {
        out.number(events.size());
        Evidence before = null;
        for (Evidence event : events) {
            write(out, event, before);
            before = event;
        }
    }

    /// Reads what [#writeAll] wrote.
    public static List<Evidence> readAll(StateReader in) {
        int size = in.size();
        List<Evidence> events = new ArrayList<>(size);
        for (int i = 0; i < size; i++) events.add(readEvidence(in, i == 0 ? null : events.getLast()));
        return events;
    }

    /// Writes a match without its key and what it has in common with `before`, for [#readMatch].
    public static void write(StateWriter out, Match match, @Nullable Match before) {
        out.number(match.step());
        write(out, match.evidence(), before == null ? null : before.evidence());
        out.number(match.values().size());
        for (int i = 0; i < match.values().size(); i++)
            write(out, match.values().get(i), value(before, i));
        writeAll(out, match.causes());
    }

    private static @Nullable FieldValue value(@Nullable Match match, int position) {
        return match == null || position >= match.values().size()
                ? null
                : match.values().get(position);
    }

    private static void write(StateWriter out, FieldValue value, @Nullable FieldValue before) {
        if (value.equals(before)) {
            out.number(SAME);
        } else {
            write(out, value);
        }
    }

    /// A match of the key that it is read for.
    public static Match readMatch(StateReader in, @Nullable Match before, MatchShape shape, List<String> key) {
        int step = in.number(shape.steps().size() - 1);
        Evidence event = readEvidence(in, before == null ? null : before.evidence());
        int size = in.size();
        if (size != shape.steps().get(step).captured().size()) {
            throw new BadStateException(size + " values of step " + step);
        }
        List<FieldValue> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) values.add(readValue(in, value(before, i)));
        return new Match(shape.name(), shape.structure(), key, step, event, values, readAll(in));
    }

    static List<FieldValue> readValues(StateReader in) {
        int size = in.size();
        List<FieldValue> values = new ArrayList<>(size);
        for (int count = 0; count < size; count++) values.add(readValue(in));
        return values;
    }
}
