package dev.tiercel.correlation.match;

import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.fields.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The value of a field, taken from a row before it moves on: what each accessor of [Row] gave. Immutable; equal
/// values are equal.
public final class FieldValue {
    /// The value of a field that the event lacks.
    public static final FieldValue ABSENT = new FieldValue(false, Row.ABSENT, null, null, null);

    private final boolean present;
    private final long number;
    private final @Nullable String text;
    private final byte @Nullable [] bytes;
    private final @Nullable List<String> texts;

    public FieldValue(
            boolean present,
            long number,
            @Nullable String text,
            byte @Nullable [] bytes,
            @Nullable List<String> texts) {
        this.present = present;
        this.number = number;
        this.text = text;
        this.bytes = bytes;
        this.texts = texts;
    }

    /// The value of `slot` on the row's current event.
    public static FieldValue of(Row row, int slot) {
        if (!row.present(slot)) return ABSENT;
        byte[] bytes = row.bytes(slot);
        List<String> texts = row.texts(slot);
        return new FieldValue(
                true,
                row.number(slot),
                row.text(slot),
                bytes == null ? null : bytes.clone(),
                texts == null ? null : List.copyOf(texts));
    }

    /// The value of a text field.
    public static FieldValue of(String text) {
        return new FieldValue(true, Row.ABSENT, text, null, null);
    }

    /// The value of a whole number's field, printed in decimal.
    public static FieldValue of(long number) {
        return new FieldValue(true, number, Long.toString(number), null, null);
    }

    /// The values as a few bytes, the first of which is the version of the form.
    public static byte[] encode(List<FieldValue> values) {
        StateWriter out = new StateWriter().begin();
        ValueCodec.write(out, values);
        return out.end();
    }

    /// What [#encode] wrote.
    ///
    /// @throws dev.tiercel.correlation.state.BadStateException if it did not write this
    public static List<FieldValue> decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        List<FieldValue> values = ValueCodec.readValues(in);
        in.end();
        return values;
    }

    /// Whether the event had the field.
    public boolean present() {
        return present;
    }

    /// As [Row#number(int)].
    public long number() {
        return number;
    }

    /// As [Row#text(int)].
    public @Nullable String text() {
        return text;
    }

    /// As [Row#bytes(int)]; not to be changed.
    public byte @Nullable [] bytes() {
        return bytes;
    }

    /// As [Row#texts(int)].
    public @Nullable List<String> texts() {
        return texts;
    }

    /// What stands for the value in a key: its text, otherwise its number or elements; null: absent.
    public @Nullable String keyPart() {
        if (!present) return null;
        if (text != null) return text;
        return texts != null ? String.join(",", texts) : Long.toString(number);
    }

    /// Roughly the heap that it takes.
    public int weight() {
        int weight = 32;
        if (text != null) weight += 48 + text.length();
        if (bytes != null) weight += 16 + bytes.length;
        if (texts != null) for (String element : texts) weight += 56 + element.length();
        return weight;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldValue that
                && present == that.present
                && number == that.number
                && Objects.equals(text, that.text)
                && Arrays.equals(bytes, that.bytes)
                && Objects.equals(texts, that.texts);
    }

    @Override
    public int hashCode() {
        int hash = text != null ? text.hashCode() : Objects.hashCode(texts);
        return 31 * (31 * hash + Long.hashCode(number)) + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return String.valueOf(keyPart());
    }
}
