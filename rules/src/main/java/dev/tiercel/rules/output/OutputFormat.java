package dev.tiercel.rules.output;

import dev.tiercel.fields.FieldFlag;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.FieldType;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.check.References;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.match.ValueReader;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.schemas.RawText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A compiled output. Immutable.
public final class OutputFormat {

    private static final String ABSENT = "<NA>";
    private static final Pattern LABEL = Pattern.compile("( [a-z_]+)\\?=$");

    private final String template;
    private final List<Part> parts;
    private final List<Extra> extras;
    private final Map<String, Value> fields = new LinkedHashMap<>();

    /// Compiles the output `text`; invalid parts are reported and left out.
    public static OutputFormat parse(
            LocatedText text, References references, FieldSlots.Builder slots, Consumer<Problem> problems) {
        return OutputParser.parse(text, references, slots, problems);
    }

    OutputFormat(String template, List<Part> parts, List<Extra> extras) {
        this.template = template;
        this.parts = labelled(parts);
        this.extras = List.copyOf(extras);
        for (Part part : this.parts) {
            if (part instanceof Value value && value.reference() != null) {
                fields.putIfAbsent(value.written(), value);
            }
        }
    }

    /// A piece of an output.
    sealed interface Part {}

    /// Literal text.
    public record Literal(String text) implements Part {}

    /// A value of the event.
    ///
    /// @param reference null: the result of a transformer, which is not an output field
    /// @param written the text after `%` and width, which names the output field: `evt.arg[0]`
    /// @param width pad or truncate to this many bytes, at a character; 0: neither
    /// @param label printed before the value, and left out with an absent one; empty: the value is always printed
    record Value(ValueExpression operand, @Nullable FieldReference reference, String written, int width, String label)
            implements Part {
        Value(ValueExpression operand, @Nullable FieldReference reference, String written, int width) {
            this(operand, reference, written, width, "");
        }

        Value labelled(String text) {
            return new Value(operand, reference, written, width, text);
        }

        /// Whether no event has a value for it: the field is for conditions alone.
        boolean absent() {
            return reference != null && reference.field().is(FieldFlag.FILTER_ONLY);
        }
    }

    /// An additional output field.
    ///
    /// @param parts its format
    /// @param raw whether its value is the typed value of its only field, not text
    public record Extra(String name, List<Part> parts, boolean raw) {
        public Extra {
            parts = List.copyOf(parts);
        }

        /// The static field `name`.
        public static Extra ofStatic(String name, String value) {
            return new Extra(References.STATIC + name, List.of(new Literal(value)), false);
        }
    }

    public List<Part> parts() {
        return parts;
    }

    /// The same with other extra output fields.
    public OutputFormat with(List<Extra> value) {
        return new OutputFormat(template, parts, value);
    }

    /// As written.
    String template() {
        return template;
    }

    /// Names of its output fields, as written, in the order of first occurrence.
    public List<String> fieldNames() {
        return List.copyOf(fields.keySet());
    }

    /// The values it prints, including transformed ones.
    public List<ValueExpression> operands() {
        List<ValueExpression> operands = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Value value) {
                operands.add(value.operand());
            }
        }
        return operands;
    }

    /// The slots of all fields in it and in its extra output fields, some more than once.
    public IntStream slots() {
        return Stream.concat(parts.stream(), extras.stream().flatMap(extra -> extra.parts().stream()))
                .flatMapToInt(
                        part -> part instanceof Value value ? value.operand().slots() : IntStream.empty());
    }

    /// Renders the row's current event. The row must be built for the slots of the rule set.
    public Output render(Row row) {
        List<OutputField> values = new ArrayList<>(fields.size() + extras.size());
        fields.forEach((name, value) -> values.add(new OutputField(name, typed(row, value))));
        for (Extra extra : extras) {
            values.removeIf(field -> field.name().equals(extra.name()));
            values.add(new OutputField(extra.name(), value(row, extra)));
        }
        return new Output(text(row, parts), values);
    }

    private static @Nullable Object value(Row row, Extra extra) {
        return extra.raw() && extra.parts().size() == 1 && extra.parts().getFirst() instanceof Value value
                ? typed(row, value)
                : text(row, extra.parts());
    }

    private static String text(Row row, List<Part> parts) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Literal(String literal) -> text.append(RawText.ofUnicode(literal));
                case Value value -> append(text, row, value);
            }
        }
        return RawText.sanitised(text.toString());
    }

    /// The parts, with each ` key?=` before a value as the label of that value.
    private static List<Part> labelled(List<Part> parts) {
        List<Part> all = new ArrayList<>(parts);
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i) instanceof Value value && all.get(i - 1) instanceof Literal(String text)) {
                Matcher label = LABEL.matcher(text);
                if (label.find()) {
                    all.set(i - 1, new Literal(text.substring(0, label.start())));
                    all.set(i, value.labelled(label.group(1) + "="));
                }
            }
        }
        return List.copyOf(all);
    }

    private static void append(StringBuilder text, Row row, Value value) {
        String printed = value.absent() ? null : ValueReader.printed(row, value.operand());
        if (printed == null && !value.label().isEmpty()) {
            return;
        }
        text.append(value.label());
        String shown = printed == null ? ABSENT : printed;
        if (value.width() == 0) {
            text.append(shown);
            return;
        }
        String cut = RawText.prefix(shown, value.width());
        text.append(cut).repeat(' ', value.width() - RawText.length(cut));
    }

    /// What people and other programs read: no [RawText] leaves here.
    private static @Nullable Object typed(Row row, Value value) {
        return switch (raw(row, value)) {
            case String text -> RawText.sanitised(text);
            case List<?> texts ->
                texts.stream().map(text -> RawText.sanitised((String) text)).toList();
            case null -> null;
            case Object other -> other;
        };
    }

    private static @Nullable Object raw(Row row, Value value) {
        ValueExpression operand = value.operand();
        if (value.absent()) {
            return null;
        }
        if (!(operand instanceof ValueExpression.Slot(int slot, FieldType type, boolean list))) {
            return ValueReader.printed(row, operand);
        }
        if (list) {
            List<String> texts = row.texts(slot);
            return texts;
        }
        if (row.text(slot) == null) { // absent, or not to be shown
            return null;
        }
        if (is(value, FieldFlag.NUMBER_IN_OUTPUT)) {
            return row.number(slot);
        }
        if (is(value, FieldFlag.HEXADECIMAL)) {
            return row.text(slot);
        }
        return switch (type) {
            case BOOL -> row.number(slot) != 0;
            case DOUBLE -> Double.longBitsToDouble(row.number(slot));
            case UINT64, RELTIME, ABSTIME -> unsigned(row.number(slot));
            case STRING, FSPATH, BYTEBUF, IPADDR, IPNET, DYNAMIC -> row.text(slot);
            default -> row.number(slot);
        };
    }

    private static boolean is(Value value, FieldFlag flag) {
        return value.reference() != null && value.reference().field().is(flag);
    }

    private static Object unsigned(long value) {
        return value >= 0 ? (Object) value : new BigInteger(Long.toUnsignedString(value));
    }

    @Override
    public String toString() {
        return template;
    }
}
