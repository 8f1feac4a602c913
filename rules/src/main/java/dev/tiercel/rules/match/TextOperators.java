package dev.tiercel.rules.match;

import dev.tiercel.schemas.RawText;

/// Operators on two texts. They compare bytes, as Falco's do: `"\xa9"` is in `é`, though no character of it is.
///
/// That takes time only where it can make a difference: unless a text opens or ends with bytes that can be part of a
/// character together with their neighbours, it is in the bytes of another exactly if it is in its characters.
/// Allocates nothing.
public final class TextOperators {

    private TextOperators() {}

    public static boolean contains(String value, String part) {
        return isWhole(part) ? value.contains(part) : containsBytes(value, part, false);
    }

    public static boolean startsWith(String value, String prefix) {
        return isWhole(prefix) ? value.startsWith(prefix) : matchesAt(value, 0, prefix, false);
    }

    public static boolean endsWith(String value, String suffix) {
        return isWhole(suffix) ? value.endsWith(suffix) : endsWithBytes(value, suffix);
    }

    /// Whether no byte of the text can be part of a character with bytes around it.
    static boolean isWhole(String text) {
        return !RawText.opensWithin(text) && !RawText.endsWithin(text);
    }

    static boolean allWhole(Iterable<String> texts) {
        for (String text : texts) {
            if (!isWhole(text)) {
                return false;
            }
        }
        return true;
    }

    static boolean containsAny(String value, String[] parts) {
        for (String part : parts) {
            if (contains(value, part)) {
                return true;
            }
        }
        return false;
    }

    static boolean startsWithAny(String value, String[] prefixes) {
        for (String prefix : prefixes) {
            if (startsWith(value, prefix)) {
                return true;
            }
        }
        return false;
    }

    static boolean endsWithAny(String value, String[] suffixes) {
        for (String suffix : suffixes) {
            if (endsWith(value, suffix)) {
                return true;
            }
        }
        return false;
    }

    /// @param folded ignoring the case of ASCII letters; those of `part` are lower case
    static boolean containsBytes(String value, String part, boolean folded) {
        int end = RawText.end(value);
        for (int start = 0; start < end; start = RawText.next(value, start)) {
            if (matchesAt(value, start, part, folded)) {
                return true;
            }
        }
        return part.isEmpty();
    }

    private static boolean endsWithBytes(String value, String suffix) {
        int start = 0;
        int before = RawText.length(value) - RawText.length(suffix);
        for (int i = 0; i < before; i++) {
            start = RawText.next(value, start);
        }
        return before >= 0 && matchesAt(value, start, suffix, false);
    }

    private static boolean matchesAt(String value, int start, String part, boolean folded) {
        int end = RawText.end(value);
        int partEnd = RawText.end(part);
        int at = start;
        for (int in = 0; in < partEnd; in = RawText.next(part, in)) {
            if (at >= end) {
                return false;
            }
            int b = RawText.byteAt(value, at);
            if ((folded ? TextPredicates.fold(b) : b) != RawText.byteAt(part, in)) {
                return false;
            }
            at = RawText.next(value, at);
        }
        return true;
    }
}
