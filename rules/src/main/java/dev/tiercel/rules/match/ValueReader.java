package dev.tiercel.rules.match;

import dev.tiercel.fields.FieldType;
import dev.tiercel.fields.FieldType.Carrier;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.syntax.Transformer;
import dev.tiercel.schemas.RawText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the values of [ValueExpression]s from a row; transformers are applied here.
public final class ValueReader {

    private ValueReader() {}

    public static boolean present(Row row, ValueExpression operand) {
        if (operand instanceof ValueExpression.Slot slot) {
            return row.present(slot.slot());
        }
        if (operand.list()) {
            return texts(row, operand) != null;
        }
        return operand.type() == FieldType.UINT64
                ? length(row, (ValueExpression.Transformed) operand) >= 0
                : operand.type() == FieldType.BYTEBUF ? bytes(row, operand) != null : text(row, operand) != null;
    }

    /// Reads a number; only if present.
    public static long number(Row row, ValueExpression operand) {
        return switch (operand) {
            case ValueExpression.Slot slot -> row.number(slot.slot());
            case ValueExpression.Transformed transformed -> length(row, transformed);
            case ValueExpression.Constant constant -> throw new IllegalStateException("not a number: " + operand);
            case ValueExpression.Collected collected -> throw new IllegalStateException("not a number: " + operand);
        };
    }

    public static @Nullable String text(Row row, ValueExpression operand) {
        return switch (operand) {
            case ValueExpression.Slot slot -> row.text(slot.slot());
            case ValueExpression.Constant(String value) -> value;
            case ValueExpression.Transformed transformed -> transformed(row, transformed);
            case ValueExpression.Collected collected -> null;
        };
    }

    public static byte @Nullable [] bytes(Row row, ValueExpression operand) {
        if (operand instanceof ValueExpression.Slot slot) {
            return row.bytes(slot.slot());
        }
        if (operand instanceof ValueExpression.Transformed(Transformer transformer, var inputs, String argument)
                && transformer == Transformer.B64) {
            byte[] encoded = bytes(row, inputs.getFirst());
            return encoded == null ? null : Base64Text.decode(encoded);
        }
        return null;
    }

    public static @Nullable List<String> texts(Row row, ValueExpression operand) {
        return switch (operand) {
            case ValueExpression.Slot slot -> row.texts(slot.slot());
            case ValueExpression.Collected(var elements) -> collected(row, elements);
            case ValueExpression.Transformed(Transformer transformer, var inputs, String argument) ->
                transformer == Transformer.GETOPT ? options(row, inputs) : each(row, transformer, inputs.getFirst());
            case ValueExpression.Constant constant -> null;
        };
    }

    /// The elements as texts, those of lists among them one by one; null if one is absent.
    private static @Nullable List<String> collected(Row row, List<ValueExpression> elements) {
        List<String> texts = new ArrayList<>();
        for (ValueExpression element : elements) {
            List<String> several = element.list() ? texts(row, element) : null;
            String single = element.list() ? null : text(row, element);
            if (several != null) {
                texts.addAll(several);
            } else if (single != null) {
                texts.add(single);
            } else {
                return null;
            }
        }
        return texts;
    }

    /// The value as Falco prints it; null: absent.
    public static @Nullable String printed(Row row, ValueExpression operand) {
        if (operand.list()) {
            List<String> texts = texts(row, operand);
            return texts == null ? null : "(" + String.join(",", texts) + ")";
        }
        if (!present(row, operand)) {
            return null;
        }
        if (operand instanceof ValueExpression.Transformed && operand.type().carrier() == Carrier.NUMBER) {
            return Long.toString(number(row, operand));
        }
        if (operand instanceof ValueExpression.Transformed && operand.type() == FieldType.BYTEBUF) {
            byte[] bytes = bytes(row, operand);
            return bytes == null ? null : RawText.of(bytes);
        }
        return text(row, operand);
    }

    private static @Nullable String transformed(Row row, ValueExpression.Transformed operand) {
        List<ValueExpression> inputs = operand.inputs();
        return switch (operand.transformer()) {
            case TOLOWER, TOUPPER, BASENAME, B64 -> apply(operand.transformer(), text(row, inputs.getFirst()));
            case LEN -> Long.toString(length(row, operand));
            case JOIN -> join(text(row, inputs.get(0)), texts(row, inputs.get(1)));
            case CONCAT -> join("", texts(row, new ValueExpression.Collected(inputs)));
            case GETOPT -> option(row, operand);
        };
    }

    /// Applies a transformer of one text to each element; null if the list is absent or an element fails.
    private static @Nullable List<String> each(Row row, Transformer transformer, ValueExpression list) {
        List<String> texts = texts(row, list);
        if (texts == null) {
            return null;
        }
        List<String> transformed = new ArrayList<>(texts.size());
        for (String text : texts) {
            String result = apply(transformer, text);
            if (result == null) {
                return null;
            }
            transformed.add(result);
        }
        return transformed;
    }

    private static @Nullable String apply(Transformer transformer, @Nullable String text) {
        if (text == null) {
            return null;
        }
        TransformedTexts known = TransformedTexts.ofThread();
        return switch (transformer) {
            case TOLOWER -> known.get(transformer, text, TextPredicates::fold);
            case TOUPPER -> known.get(transformer, text, ValueReader::upper);
            case BASENAME -> known.get(transformer, text, ValueReader::basename);
            case B64 -> known.get(transformer, text, ValueReader::decodeText);
            case LEN, JOIN, CONCAT, GETOPT -> throw new IllegalStateException("not of one text: " + transformer);
        };
    }

    private static String upper(String value) {
        StringBuilder upper = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            upper.append(c >= 'a' && c <= 'z' ? (char) (c - ('a' - 'A')) : c);
        }
        return upper.toString();
    }

    private static String basename(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static @Nullable String decodeText(String value) {
        byte[] decoded = Base64Text.decode(RawText.bytes(value));
        return decoded == null ? null : RawText.of(decoded);
    }

    private static @Nullable String join(@Nullable String separator, @Nullable List<String> texts) {
        return separator == null || texts == null ? null : RawText.rejoined(String.join(separator, texts));
    }

    /// Length in bytes of a string or buffer, number of elements of a list; -1: absent.
    private static long length(Row row, ValueExpression.Transformed operand) {
        ValueExpression input = operand.inputs().getFirst();
        if (input.list()) {
            List<String> texts = texts(row, input);
            return texts == null ? -1 : texts.size();
        }
        if (input.type() == FieldType.BYTEBUF) {
            byte[] bytes = bytes(row, input);
            return bytes == null ? -1 : bytes.length;
        }
        String text = text(row, input);
        return text == null ? -1 : RawText.length(text);
    }

    private static @Nullable List<String> options(Row row, List<ValueExpression> inputs) {
        ShortOptions options = ShortOptions.parse(arguments(row, inputs.getFirst()), text(row, inputs.get(1)));
        return options == null ? null : options.all();
    }

    private static @Nullable String option(Row row, ValueExpression.Transformed operand) {
        List<ValueExpression> inputs = operand.inputs();
        ShortOptions options = ShortOptions.parse(arguments(row, inputs.getFirst()), text(row, inputs.get(1)));
        return options == null ? null : options.last(operand.argument());
    }

    private static @Nullable List<String> arguments(Row row, ValueExpression operand) {
        if (operand.list()) {
            return texts(row, operand);
        }
        String text = text(row, operand);
        return text == null ? null : List.of(text.split(" ", -1));
    }
}
