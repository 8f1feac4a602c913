package dev.tiercel.ruletools.testing;

import dev.tiercel.fields.FieldFlag;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldType;
import dev.tiercel.rules.ir.ByteString;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Values of fields in tests. A value that its field cannot have is an error: the test would pass for the wrong
/// reason.
final class RuleTestValues {

    private RuleTestValues() {}

    /// The value of a field: Long, Double, Boolean, String or a list of strings.
    static Object value(FieldReference reference, Yaml yaml) throws ProblemException {
        return switch (yaml) {
            case Yaml.Scalar scalar -> typed(reference, scalar);
            case Yaml.Sequence(var items, SourcePosition position)
            when severalAllowed(reference) -> texts(reference, items);
            case Yaml.Sequence _, Yaml.Mapping _ ->
                throw RuleTestReader.invalid(reference.text() + " has one value", yaml.position());
        };
    }

    private static boolean severalAllowed(FieldReference reference) {
        return reference.field().list()
                || reference.field().is(FieldFlag.EITHER_END)
                || reference.field().is(FieldFlag.ANY_WITHOUT_ARGUMENT);
    }

    private static List<String> texts(FieldReference reference, List<Yaml> items) throws ProblemException {
        List<String> texts = new ArrayList<>();
        for (Yaml item : items) {
            if (!(item instanceof Yaml.Scalar scalar)) {
                throw RuleTestReader.invalid("An element of " + reference.text() + " is one value", item.position());
            }
            texts.add(typed(reference, scalar).toString());
        }
        return texts;
    }

    private static Object typed(FieldReference reference, Yaml.Scalar scalar) throws ProblemException {
        FieldType type = reference.field().type();
        String text = scalar.value();
        try {
            return switch (type) {
                case BOOL -> truth(text);
                case DOUBLE -> Double.valueOf(text);
                case IPADDR, IPNET -> address(text);
                default -> type.integral() ? number(text) : text;
            };
        } catch (IllegalArgumentException e) {
            String message = "%s is of type %s, not '%s'"
                    .formatted(reference.text(), type.name().toLowerCase(Locale.ROOT), text);
            throw RuleTestReader.invalid(message, scalar.position());
        }
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static long number(String text) {
        return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseLong(text);
    }

    private static String address(String text) {
        if (ByteString.address(text).isEmpty()) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }
}
