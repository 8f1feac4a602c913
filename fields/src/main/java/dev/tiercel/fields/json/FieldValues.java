package dev.tiercel.fields.json;

import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldFlag;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldType;
import dev.tiercel.fields.Row;
import dev.tiercel.fields.syscall.Addresses;
import dev.tiercel.fields.syscall.ArgumentText;
import dev.tiercel.schemas.RawText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Converts values, as people and programs write them, to the type of their field.
///
/// A converted value is a Long (booleans are 0 and 1, doubles their bits), a [RawText], a byte[] or a list of raw texts
/// that is not empty.
public final class FieldValues {

    /// What Falco prints, and others write, for a value that is not there.
    private static final Set<Object> MISSING = Set.of("", "<NA>");

    private FieldValues() {}

    /// Converts `raw` to a value of the field; null: not possible.
    public static @Nullable Object of(FieldReference reference, Object raw) {
        FieldDefinition field = reference.field();
        boolean several = field.list()
                || field.is(FieldFlag.EITHER_END)
                || (field.is(FieldFlag.ANY_WITHOUT_ARGUMENT)
                        && reference.argument().isEmpty());
        if (several) {
            List<String> texts = raw instanceof List<?> list ? strings(list) : List.of(string(raw));
            return texts.isEmpty() ? null : texts;
        }
        return raw instanceof List<?> list ? ofList(field, list) : single(field, raw);
    }

    /// Whether `raw` is a value that the field can have; a text that stands for no value is.
    static boolean fits(FieldDefinition field, Object raw) {
        return raw instanceof List<?> list
                ? values(list).stream().allMatch(element -> fits(field, element))
                : MISSING.contains(raw) || single(field, raw) != null;
    }

    /// Converts a list for a single-valued field: its only element, or all as Falco prints them.
    private static @Nullable Object ofList(FieldDefinition field, List<?> list) {
        List<Object> values = values(list);
        if (values.size() == 1) {
            Object only = values.getFirst();
            return single(field, only instanceof byte[] ? only : only.toString());
        }
        List<String> texts = strings(list);
        return texts.isEmpty() || !field.type().textual() ? null : printed(texts);
    }

    private static String printed(List<String> texts) {
        return "(" + String.join(",", texts) + ")";
    }

    private static @Nullable Object single(FieldDefinition field, Object raw) {
        return switch (field.type()) {
            case BOOL -> flag(raw);
            case DOUBLE -> real(raw);
            case STRING, FSPATH -> string(raw);
            case DYNAMIC -> raw instanceof String || raw instanceof byte[] ? string(raw) : whole(raw);
            case BYTEBUF -> raw instanceof byte[] bytes ? bytes : raw.toString().getBytes(StandardCharsets.UTF_8);
            case IPADDR, IPNET -> raw instanceof byte[] bytes ? bytes : Addresses.parse(string(raw));
            default -> raw instanceof String text ? parsed(field, text) : whole(raw);
        };
    }

    private static List<Object> values(List<?> list) {
        List<Object> values = new ArrayList<>(list.size());
        for (Object element : list) {
            if (element instanceof List<?> several) {
                values.addAll(values(several));
            } else if (element != null) {
                values.add(element);
            }
        }
        return values;
    }

    private static List<String> strings(List<?> list) {
        return values(list).stream().map(FieldValues::string).toList();
    }

    /// The [RawText] of a value as given, which is Unicode or bytes.
    static String string(Object raw) {
        return raw instanceof byte[] bytes ? RawText.of(bytes) : RawText.ofUnicode(raw.toString());
    }

    private static @Nullable Long flag(Object raw) {
        if (raw instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        return switch (string(raw)) {
            case "true", "1" -> 1L;
            case "false", "0" -> 0L;
            default -> null;
        };
    }

    private static @Nullable Long real(Object raw) {
        try {
            double value = raw instanceof Number number ? number.doubleValue() : Double.parseDouble(string(raw));
            return Double.doubleToRawLongBits(value);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Long parsed(FieldDefinition field, String text) {
        boolean prefixed = text.startsWith("0x") || text.startsWith("0X");
        try {
            if (prefixed || field.is(FieldFlag.HEXADECIMAL)) {
                return Long.parseUnsignedLong(prefixed ? text.substring(2) : text, 16);
            }
            return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /// A whole number of up to 64 bits, signed or not.
    private static @Nullable Long whole(Object raw) {
        return switch (raw) {
            case Long number -> number;
            case Integer number -> number.longValue();
            case BigInteger number -> bits(number);
            case Number number -> wholeOf(number);
            default -> null;
        };
    }

    private static @Nullable Long wholeOf(Number number) {
        double value = number.doubleValue();
        return Double.isFinite(value) && value == Math.rint(value) && Math.abs(value) < 0x1p64
                ? bits(new BigDecimal(value).toBigInteger())
                : null;
    }

    private static @Nullable Long bits(BigInteger number) {
        boolean fits = number.bitLength() < Long.SIZE || (number.signum() > 0 && number.bitLength() == Long.SIZE);
        return fits ? (Long) number.longValue() : null;
    }

    /// The number of a converted value; [Row#ABSENT]: none. Of two ports: the server's.
    public static long number(Object value) {
        return switch (value) {
            case Long number -> number;
            case List<?> list -> number(list.getLast());
            case String text -> parsedNumber(text);
            default -> Row.ABSENT;
        };
    }

    private static long parsedNumber(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return Row.ABSENT;
        }
    }

    /// The text of a converted value, as Falco prints it.
    public static String text(FieldDefinition field, Object value) {
        return switch (value) {
            case Long number -> text(field, number.longValue());
            case byte[] bytes ->
                field.type() == FieldType.BYTEBUF ? ArgumentText.printable(bytes) : Addresses.text(bytes);
            case List<?> list when field.is(FieldFlag.EITHER_END) -> (String) list.getFirst();
            case List<?> list -> printed(list.stream().map(String::valueOf).toList());
            default -> value.toString();
        };
    }

    private static String text(FieldDefinition field, long number) {
        return switch (field.type()) {
            case BOOL -> number == 0 ? "false" : "true";
            case DOUBLE -> Double.toString(Double.longBitsToDouble(number));
            case UINT64, RELTIME, ABSTIME -> Long.toUnsignedString(number);
            default ->
                field.is(FieldFlag.HEXADECIMAL)
                        ? Long.toHexString(number).toUpperCase(Locale.ROOT)
                        : Long.toString(number);
        };
    }

    /// The bytes of a converted value; null: none. Two addresses are concatenated.
    public static byte @Nullable [] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (!(value instanceof List<?> addresses)) {
            return null;
        }
        byte[] all = {};
        for (Object address : addresses) {
            byte[] one = Addresses.parse(string(address));
            if (one != null) {
                byte[] more = Arrays.copyOf(all, all.length + one.length);
                System.arraycopy(one, 0, more, all.length, one.length);
                all = more;
            }
        }
        return all.length == 0 ? null : all;
    }
}
