package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.source.Suggestion;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads typed values from a mapping of a rules file; every failure is a [Code#LOAD_ERR_YAML_VALIDATE].
public final class MappingReader {

    private static final List<String> TRUE = List.of("y", "yes", "true", "on");
    private static final List<String> FALSE = List.of("n", "no", "false", "off");

    private static final Pattern NATURAL = Pattern.compile(
            "\\s*[+]?(?:0[xX](?<hexadecimal>[0-9a-fA-F]{1,40})|(?<octal>0[0-7]{0,40})|(?<decimal>[1-9][0-9]{0,40}))\\s*");

    private final Yaml.Mapping mapping;

    public MappingReader(Yaml.Mapping mapping) {
        this.mapping = mapping;
    }

    SourcePosition position() {
        return mapping.position();
    }

    public boolean has(String key) {
        return mapping.has(key);
    }

    @Nullable
    Yaml get(String key) {
        return mapping.get(key);
    }

    /// The value of a key that may stand without one; null: absent, or without a value.
    @Nullable
    Yaml valueOf(String key) {
        Yaml value = mapping.get(key);
        return value instanceof Yaml.Scalar scalar && scalar.isNull() ? null : value;
    }

    /// The scalar of `key`, which must not be empty.
    Yaml.Scalar scalar(String key) throws ProblemException {
        Yaml value = mapping.get(key);
        if (value == null) {
            throw invalid("Item has no mapping for key '" + key + "'", position());
        }
        if (!(value instanceof Yaml.Scalar scalar)) {
            throw invalid("Value is not a scalar value", value.position());
        }
        if (scalar.isNull()) {
            throw invalid("Mapping for key '" + key + "' is empty", position());
        }
        if (scalar.value().isEmpty()) {
            throw invalid("Value must be non-empty", value.position());
        }
        return scalar;
    }

    public String string(String key) throws ProblemException {
        return scalar(key).value();
    }

    /// The text of a key that may be absent, without a value, or empty; then `absent`.
    String stringOr(String key, String absent) throws ProblemException {
        Yaml value = valueOf(key);
        boolean empty = value instanceof Yaml.Scalar scalar && scalar.value().isEmpty();
        return value == null || empty ? absent : string(key);
    }

    LocatedText text(String key) throws ProblemException {
        return scalar(key).text();
    }

    boolean bool(String key) throws ProblemException {
        Yaml.Scalar scalar = scalar(key);
        return truth(scalar.value())
                .orElseThrow(() -> invalid(
                        "Can't decode YAML scalar value '" + scalar.value() + "' of '" + key + "' as true or false",
                        scalar.position()));
    }

    /// Parses a YAML 1.1 boolean.
    public static Optional<Boolean> truth(String value) {
        if (isWord(value, TRUE)) {
            return Optional.of(true);
        }
        return isWord(value, FALSE) ? Optional.of(false) : Optional.empty();
    }

    /// Whether `value` is one of `words` in lower case, upper case or capitalised.
    private static boolean isWord(String value, List<String> words) {
        for (String word : words) {
            String upper = word.toUpperCase(Locale.ROOT);
            if (value.equals(word) || value.equals(upper) || value.equals(upper.charAt(0) + word.substring(1))) {
                return true;
            }
        }
        return false;
    }

    boolean bool(String key, boolean absent) throws ProblemException {
        return has(key) ? bool(key) : absent;
    }

    /// A natural number below 2^`bits`.
    long number(String key, int bits) throws ProblemException {
        Yaml.Scalar scalar = scalar(key);
        return natural(scalar.value(), bits)
                .orElseThrow(() -> invalid(
                        "Can't decode YAML scalar value '" + scalar.value() + "' of '" + key + "' as a number below 2^"
                                + bits,
                        scalar.position()));
    }

    /// Reads a natural number below 2^`bits` as C does: decimal, octal after `0`, hexadecimal after `0x`.
    static OptionalLong natural(String text, int bits) {
        Matcher number = NATURAL.matcher(text);
        if (!number.matches()) {
            return OptionalLong.empty();
        }
        boolean hexadecimal = number.group("hexadecimal") != null;
        boolean octal = number.group("octal") != null;
        String digits = hexadecimal ? number.group("hexadecimal") : octal ? number.group("octal") : number.group("decimal");
        BigInteger value = new BigInteger(digits, hexadecimal ? 16 : octal ? 8 : 10);
        return value.bitLength() <= bits ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
    }

    Priority priority(String key) throws ProblemException {
        Yaml.Scalar scalar = scalar(key);
        return Priority.parse(scalar.value())
                .orElseThrow(() -> new ProblemException(
                        Code.LOAD_ERR_YAML_VALIDATE,
                        "Invalid priority",
                        scalar.position(),
                        Suggestion.of(
                                scalar.value(),
                                List.of(Priority.values()).stream()
                                        .map(Priority::label)
                                        .toList())));
    }

    /// The scalars of a sequence.
    List<LocatedText> texts(String key) throws ProblemException {
        Yaml value = mapping.get(key);
        if (value == null) {
            throw invalid("Item has no mapping for key '" + key + "'", position());
        }
        if (!(value instanceof Yaml.Sequence sequence)) {
            throw invalid("Value is not a sequence", value.position());
        }
        List<LocatedText> texts = new ArrayList<>();
        for (Yaml item : sequence.items()) {
            if (!(item instanceof Yaml.Scalar scalar) || scalar.isNull()) {
                throw invalid("sequence value is not scalar", item.position());
            }
            texts.add(scalar.text());
        }
        return texts;
    }

    List<String> strings(String key) throws ProblemException {
        return has(key) ? texts(key).stream().map(LocatedText::value).toList() : List.of();
    }

    public static ProblemException invalid(String message, SourcePosition position) {
        return new ProblemException(Code.LOAD_ERR_YAML_VALIDATE, message, position);
    }
}
