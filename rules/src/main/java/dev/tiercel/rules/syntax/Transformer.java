package dev.tiercel.rules.syntax;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The functions that rules apply to values.
public enum Transformer {
    TOLOWER,
    TOUPPER,
    BASENAME,
    B64,
    LEN,
    JOIN,
    CONCAT,
    GETOPT;

    /// Each with its parenthesis, which must touch the name; without `val(`, which is only allowed on the right.
    public static final List<String> OPENINGS =
            List.of(values()).stream().map(t -> t.text() + "(").toList();

    /// These and `val(`.
    public static final List<String> CALLS =
            Stream.concat(OPENINGS.stream(), Stream.of("val(")).toList();

    /// All names, for messages.
    static final String NAMES = "'val', 'tolower', 'toupper', 'basename', 'b64', 'len', 'join', 'concat', 'getopt'";

    /// As written in rules.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The transformer called `text`.
    public static Transformer named(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /// Whether the result has the type of the first input.
    public boolean keepsType() {
        return this == TOLOWER || this == TOUPPER || this == BASENAME || this == B64;
    }
}
