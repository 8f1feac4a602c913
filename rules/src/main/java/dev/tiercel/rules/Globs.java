package dev.tiercel.rules;

import java.util.function.Predicate;

/// Shell patterns as `fnmatch(pattern, value, 0)`: `*` any text, `?` any character, `[a-z]` and `[!a-z]` sets, `\`
/// quotes; `/` is no different.
final class Globs {

    private final String pattern;
    private final boolean folded;

    private Globs(String pattern, boolean folded) {
        this.pattern = pattern;
        this.folded = folded;
    }

    /// A predicate for values that match the whole of `pattern`.
    ///
    /// @param folded ignoring the case of ASCII letters
    static Predicate<String> compile(String pattern, boolean folded) {
        if (!folded) {
            Predicate<String> simple = simple(pattern);
            if (simple != null) {
                return simple;
            }
        }
        return new Globs(folded ? TextTests.fold(pattern) : pattern, folded)::matches;
    }

    /// Whether `text` has a character that is special in patterns.
    static boolean isGlob(String text) {
        return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '\\');
    }

    /// For a pattern whose only specials are a `*` at either end; null: it is not so simple.
    private static @org.jspecify.annotations.Nullable Predicate<String> simple(String pattern) {
        boolean head = pattern.startsWith("*");
        boolean tail = pattern.length() > 1 && pattern.endsWith("*");
        String middle = pattern.substring(head ? 1 : 0, pattern.length() - (tail ? 1 : 0));
        if (isGlob(middle)) {
            return null;
        }
        if (head && tail) {
            return value -> value.contains(middle);
        }
        if (head) {
            return value -> value.endsWith(middle);
        }
        return tail ? value -> value.startsWith(middle) : middle::equals;
    }

    /// Greedy, returning to the last star only: at most pattern times value steps.
    boolean matches(String value) {
        int at = 0;
        int in = 0;
        int star = -1;
        int starValue = 0;
        while (at < value.length()) {
            if (in < pattern.length() && pattern.charAt(in) == '*') {
                star = in++;
                starValue = at;
                continue;
            }
            int next = in < pattern.length() ? single(in, fold(value.charAt(at))) : -1;
            if (next >= 0) {
                in = next;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++starValue;
            } else {
                return false;
            }
        }
        while (in < pattern.length() && pattern.charAt(in) == '*') {
            in++;
        }
        return in == pattern.length();
    }

    /// End of the pattern element at `in` if it matches `c`, else -1.
    private int single(int in, char c) {
        char p = pattern.charAt(in);
        return switch (p) {
            case '?' -> in + 1;
            case '[' -> set(in, c);
            case '\\' -> {
                boolean quoted = in + 1 < pattern.length();
                yield (quoted ? pattern.charAt(in + 1) : p) == c ? in + (quoted ? 2 : 1) : -1;
            }
            default -> p == c ? in + 1 : -1;
        };
    }

    private int set(int in, char c) {
        int at = in + 1;
        boolean negated = at < pattern.length() && (pattern.charAt(at) == '!' || pattern.charAt(at) == '^');
        at += negated ? 1 : 0;
        int first = at;
        boolean found = false;
        while (at < pattern.length() && (pattern.charAt(at) != ']' || at == first)) {
            if (pattern.startsWith("[:", at) && pattern.indexOf(":]", at) > 0) {
                int end = pattern.indexOf(":]", at);
                found |= inClass(pattern.substring(at + 2, end), c);
                at = end + 2;
                continue;
            }
            char low = pattern.charAt(at);
            boolean range = at + 2 < pattern.length() && pattern.charAt(at + 1) == '-' && pattern.charAt(at + 2) != ']';
            char high = range ? pattern.charAt(at + 2) : low;
            found |= low <= c && c <= high;
            at += range ? 3 : 1;
        }
        if (at >= pattern.length()) {
            return c == '[' ? in + 1 : -1;
        }
        return found != negated ? at + 1 : -1;
    }

    private static boolean inClass(String name, char c) {
        boolean upper = c >= 'A' && c <= 'Z';
        boolean lower = c >= 'a' && c <= 'z';
        boolean digit = c >= '0' && c <= '9';
        return switch (name) {
            case "alpha" -> upper || lower;
            case "digit" -> digit;
            case "alnum" -> upper || lower || digit;
            case "upper" -> upper;
            case "lower" -> lower;
            case "space" -> c == ' ' || (c >= '\t' && c <= '\r');
            case "blank" -> c == ' ' || c == '\t';
            case "punct" -> c > ' ' && c < 127 && !upper && !lower && !digit;
            case "xdigit" -> digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            case "cntrl" -> c < ' ' || c == 127;
            case "print" -> c >= ' ' && c < 127;
            case "graph" -> c > ' ' && c < 127;
            default -> false;
        };
    }

    private char fold(char c) {
        return folded ? TextTests.fold(c) : c;
    }
}
