package dev.tiercel.rules.match;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A bracket expression of a glob: `[a-z]`, `[!a-z]`, `[[:alpha:]_]`.
final class GlobSet {

    private static final int ASCII = 128;

    private final boolean[] ascii = new boolean[ASCII];
    private final boolean negated;
    /// Lowest and highest character of each range, in turn.
    private char[] ranges = new char[8];
    private int rangeEnds;
    private int end;

    private GlobSet(boolean negated) {
        this.negated = negated;
    }

    /// Parses the set that opens at `start`; null if it is not closed.
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

    boolean contains(char c) {
        return (c < ASCII ? ascii[c] : inRanges(c)) != negated;
    }

    private boolean inRanges(char c) {
        for (int i = 0; i < rangeEnds; i += 2) {
            if (ranges[i] <= c && c <= ranges[i + 1]) {
                return true;
            }
        }
        return false;
    }

    private void addRange(char low, char high) {
        for (int c = low; c <= high && c < ASCII; c++) {
            ascii[c] = true;
        }
        if (high >= ASCII) {
            ranges = rangeEnds == ranges.length ? Arrays.copyOf(ranges, rangeEnds * 2) : ranges;
            ranges[rangeEnds++] = low;
            ranges[rangeEnds++] = high;
        }
    }

    private void addClass(String name) {
        for (char c = 0; c < ASCII; c++) {
            ascii[c] |= inClass(name, c);
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
