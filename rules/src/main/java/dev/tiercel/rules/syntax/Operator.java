package dev.tiercel.rules.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The comparison operators.
public enum Operator {
    EXISTS("exists", Kind.UNARY),
    LE("<=", Kind.NUMERIC),
    LT("<", Kind.NUMERIC),
    GE(">=", Kind.NUMERIC),
    GT(">", Kind.NUMERIC),
    EQ("=", Kind.STRING),
    NE("!=", Kind.STRING),
    GLOB("glob", Kind.STRING),
    IGLOB("iglob", Kind.STRING),
    CONTAINS("contains", Kind.STRING),
    ICONTAINS("icontains", Kind.STRING),
    BCONTAINS("bcontains", Kind.STRING),
    STARTSWITH("startswith", Kind.STRING),
    BSTARTSWITH("bstartswith", Kind.STRING),
    ENDSWITH("endswith", Kind.STRING),
    REGEX("regex", Kind.STRING),
    INTERSECTS("intersects", Kind.LIST),
    IN("in", Kind.LIST),
    PMATCH("pmatch", Kind.LIST);

    /// The right-hand side of an operator.
    public enum Kind {
        /// Nothing.
        UNARY,
        /// A number.
        NUMERIC,
        /// A string, or with a [Modifier] a list.
        STRING,
        /// A list.
        LIST
    }

    /// Makes a string operator take a list.
    public enum Modifier {
        /// Some value of the list satisfies the operator.
        ANYOF,
        /// Exactly one does.
        ONEOF,
        /// Every one does.
        ALLOF;

        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final String text;
    private final Kind kind;

    Operator(String text, Kind kind) {
        this.text = text;
        this.kind = kind;
    }

    public String text() {
        return text;
    }

    public Kind kind() {
        return kind;
    }

    /// Whether it is `<`, `<=`, `>` or `>=`.
    public boolean isOrder() {
        return kind == Kind.NUMERIC;
    }

    /// Whether it holds of two values that compare as `order`, as by [java.util.Comparator]; only if [#isOrder].
    public boolean holds(int order) {
        return switch (this) {
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
            default -> throw new IllegalStateException("operator=" + this);
        };
    }

    /// Whether the operator is a word that must be followed by a blank; list operators need not.
    boolean isWord() {
        return Character.isLetter(text.charAt(0));
    }

    /// Parses an operator with its modifier, as in `comps` of exceptions: `startswith anyof`.
    public record Modified(Operator operator, @Nullable Modifier modifier) {

        public boolean takesList() {
            return operator.kind == Kind.LIST || modifier != null;
        }
    }

    /// The operator called `text`, `==` being `=`, with a modifier after a blank if it takes one.
    public static Optional<Modified> named(String text) {
        String[] words = text.strip().split("\\s+", -1);
        Operator operator = null;
        for (Operator candidate : values()) {
            if (candidate.text.equals(words[0]) || (candidate == EQ && words[0].equals("=="))) {
                operator = candidate;
            }
        }
        if (operator == null || words.length > 2) {
            return Optional.empty();
        }
        if (words.length == 1) {
            return Optional.of(new Modified(operator, null));
        }
        for (Modifier modifier : Modifier.values()) {
            if (modifier.text().equals(words[1]) && operator.kind == Kind.STRING) {
                return Optional.of(new Modified(operator, modifier));
            }
        }
        return Optional.empty();
    }

    public static List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Operator operator : values()) {
            texts.add(operator.text);
        }
        return texts;
    }
}
