package dev.tiercel.correlation;

import dev.tiercel.fields.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes and reads values, events and matches.
final class ValueCodec {
    private static final int PRESENT = 1;
    private static final int TEXT = 2;
    private static final int NUMBER = 4;
    /// The text is the number in decimal, and not written.
    private static final int DECIMAL = 8;
    private static final int BYTES = 16;
    private static final int TEXTS = 32;
    private static final int ALL = 63;

    private ValueCodec() {}

    static void write(StateWriter out, FieldValue value) {
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

    static void write(StateWriter out, List<FieldValue> values) {
        out.number(values.size());
        for (FieldValue value : values) write(out, value);
    }

    static FieldValue readValue(StateReader in) {
        int kind = in.number(ALL);
        if (kind == 0) return FieldValue.ABSENT;
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

    /// @param since what times are written from
    static void write(StateWriter out, Evidence event, long since) {
        out.number(event.time() - since);
        out.text(event.source()).text(event.identity()).text(event.hostname()).text(event.topic());
        out.number(event.partition()).number(event.offset()).number(event.index());
        out.flag(event.complete());
    }

    static Evidence readEvidence(StateReader in, long since) {
        long time = since + in.number();
        return new Evidence(
                in.text(),
                time,
                in.text(),
                in.text(),
                in.text(),
                in.number(Integer.MAX_VALUE),
                in.number(),
                in.number(Integer.MAX_VALUE),
                in.flag());
    }

    static void write(StateWriter out, Match match, long since) {
        out.number(match.step());
        write(out, match.evidence(), since);
        write(out, match.values());
        out.number(match.causes().size());
        match.causes().forEach(event -> write(out, event, since));
    }

    /// A match of the key that it is read for.
    static Match readMatch(StateReader in, long since, CorrelationStage stage, List<String> key) {
        int step = in.number(stage.steps().size() - 1);
        Evidence event = readEvidence(in, since);
        List<FieldValue> values = readValues(in);
        if (values.size() != stage.steps().get(step).captured().size()) {
            throw new BadStateException(values.size() + " values of step " + step);
        }
        int causes = in.size();
        List<Evidence> events = new ArrayList<>(causes);
        for (int count = 0; count < causes; count++) events.add(readEvidence(in, since));
        return new Match(stage.name(), stage.structure(), key, step, event, values, events);
    }

    static List<FieldValue> readValues(StateReader in) {
        int size = in.size();
        List<FieldValue> values = new ArrayList<>(size);
        for (int count = 0; count < size; count++) values.add(readValue(in));
        return values;
    }
}
