package dev.tiercel.rules.match;

import org.jspecify.annotations.Nullable;

/// A bracket expression of a glob: `[a-z]`, `[!a-z]`, `[[:alpha:]_]`.
final class GlobSet {

    private static final int ASCII = 128;

    private final boolean[] bytes = new boolean[256];
    private final boolean negated;
    private int end;

    private GlobSet(boolean negated) {
        this.negated = negated;
    }

    /// Parses the set that opens at `start`; null if it is not closed. The pattern has a character for each byte.
    static @Nullable GlobSet parse(String pattern, int start) {
        int at = start + 1;
        boolean negated = at < pattern.length() && (pattern.charAt(at) == '!' || pattern.charAt(at) == '^');
        at += negated ? 1 : 0;
        GlobSet set = new GlobSet(negated);
        for (int first = at; at < pattern.length() && (pattern.charAt(at) != ']' || at == first); ) {
            int close = pattern.startsWith("[:", at) ? pattern.indexOf(":]", at) : -1;
            if (close > 0) {
                set.addClass(pattern.substring(at + 2, Math.max(close, at + 2)));
                at = close + 2;
                continue;
            }
            char low = pattern.charAt(at);
            boolean range = at + 2 < pattern.length() && pattern.charAt(at + 1) == '-' && pattern.charAt(at + 2) != ']';
            set.addRange(low, range ? pattern.charAt(at + 2) : low);
            at += range ? 3 : 1;
        }
        set.end = at + 1;
        return at < pattern.length() ? set : null;
    }

    /// Index in the pattern after the closing bracket.
    int end() {
        return end;
    }

    boolean contains(int b) {
        return bytes[b] != negated;
    }

    private void addRange(char low, char high) {
        for (int c = low; c <= high; c++) {
            bytes[c] = true;
        }
    }

    private void addClass(String name) {
        for (char c = 0; c < ASCII; c++) {
            bytes[c] |= inClass(name, c);
        }
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
}
