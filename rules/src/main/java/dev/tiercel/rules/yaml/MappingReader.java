package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.source.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads typed values from a mapping of a rules file; every failure is a [Code#LOAD_ERR_YAML_VALIDATE].
public final class MappingReader {

    private static final List<String> TRUE = List.of("y", "yes", "true", "on");
    private static final List<String> FALSE = List.of("n", "no", "false", "off");

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

    /// The value of an optional key; null: absent or empty.
    @Nullable
    Yaml optional(String key) {
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

    String string(String key, String absent) throws ProblemException {
        return optional(key) == null ? absent : string(key);
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
        return optional(key) == null ? absent : bool(key);
    }

    long number(String key) throws ProblemException {
        Yaml.Scalar scalar = scalar(key);
        try {
            long number = Long.parseLong(scalar.value());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw invalid(
                "Can't decode YAML scalar value '" + scalar.value() + "' of '" + key + "' as a number",
                scalar.position());
    }

    long number(String key, long absent) throws ProblemException {
        return optional(key) == null ? absent : number(key);
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
            if (!(item instanceof Yaml.Scalar scalar)) {
                throw invalid("sequence value is not scalar", item.position());
            }
            texts.add(scalar.text());
        }
        return texts;
    }

    List<String> strings(String key) throws ProblemException {
        return optional(key) == null
                ? List.of()
                : texts(key).stream().map(LocatedText::value).toList();
    }

    public static ProblemException invalid(String message, SourcePosition position) {
        return new ProblemException(Code.LOAD_ERR_YAML_VALIDATE, message, position);
    }
}
