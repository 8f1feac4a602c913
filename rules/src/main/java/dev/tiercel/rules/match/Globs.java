package dev.tiercel.rules.match;

import dev.tiercel.schemas.RawText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Shell patterns as `fnmatch(pattern, value, 0)` in the C locale, which is Falco's: `*` any bytes, `?` any byte,
/// `[a-z]` and `[!a-z]` sets of bytes, `\` quotes; `/` is no different.
final class Globs {

    private static final int ANY_BYTES = -1;
    private static final int ANY_BYTE = -2;
    private static final int FIRST_SET = -3;

    /// Bytes and wildcards; sets are numbered downwards from [#FIRST_SET].
    private final int[] elements;
    private final GlobSet[] sets;
    private final boolean folded;

    /// @param pattern a character for each byte
    private Globs(String pattern, boolean folded) {
        this.folded = folded;
        int[] parsed = new int[pattern.length()];
        List<GlobSet> found = new ArrayList<>();
        int count = 0;
        for (int at = 0; at < pattern.length(); count++) {
            char c = pattern.charAt(at);
            GlobSet set = c == '[' ? GlobSet.parse(pattern, at) : null;
            if (set != null) {
                parsed[count] = FIRST_SET - found.size();
                found.add(set);
                at = set.end();
            } else if (c == '\\' && at + 1 < pattern.length()) {
                parsed[count] = pattern.charAt(at + 1);
                at += 2;
            } else {
                parsed[count] = c == '*' ? ANY_BYTES : c == '?' ? ANY_BYTE : c;
                at++;
            }
        }
        this.elements = Arrays.copyOf(parsed, count);
        this.sets = found.toArray(GlobSet[]::new);
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
        return of(pattern, folded)::matches;
    }

    static Globs of(String pattern, boolean folded) {
        byte[] bytes = RawText.bytes(folded ? TextPredicates.fold(pattern) : pattern);
        return new Globs(new String(bytes, StandardCharsets.ISO_8859_1), folded);
    }

    /// As [#of] and [#matches], without compiling the pattern, which has no set.
    static boolean matches(String value, String pattern, boolean folded) {
        int end = RawText.end(value);
        int patternEnd = RawText.end(pattern);
        int at = 0;
        int in = 0;
        int star = -1;
        int starValue = 0;
        while (at < end) {
            int c = in < patternEnd ? RawText.byteAt(pattern, in) : -1;
            int literal = c == '\\' && RawText.next(pattern, in) < patternEnd ? RawText.next(pattern, in) : in;
            if (c == '*') {
                in = RawText.next(pattern, in);
                star = in;
                starValue = at;
            } else if (c == '?' || (c >= 0 && same(pattern, literal, value, at, folded))) {
                in = RawText.next(pattern, literal);
                at = RawText.next(value, at);
            } else if (star >= 0) {
                in = star;
                starValue = RawText.next(value, starValue);
                at = starValue;
            } else {
                return false;
            }
        }
        while (in < patternEnd && RawText.byteAt(pattern, in) == '*') {
            in = RawText.next(pattern, in);
        }
        return in == patternEnd;
    }

    private static boolean same(String pattern, int in, String value, int at, boolean folded) {
        int wanted = RawText.byteAt(pattern, in);
        int found = RawText.byteAt(value, at);
        return wanted == found || (folded && TextPredicates.fold(wanted) == TextPredicates.fold(found));
    }

    /// Whether `text` has a glob metacharacter.
    static boolean isGlob(String text) {
        return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '\\');
    }

    /// A predicate for a pattern whose only metacharacters are a leading or trailing `*`; null for any other pattern.
    private static @org.jspecify.annotations.Nullable Predicate<String> simple(String pattern) {
        boolean head = pattern.startsWith("*");
        boolean tail = pattern.length() > 1 && pattern.endsWith("*");
        String middle = pattern.substring(head ? 1 : 0, pattern.length() - (tail ? 1 : 0));
        if (isGlob(middle)) {
            return null;
        }
        if (head && tail) {
            return TextPredicates.contains(Set.of(middle));
        }
        if (head) {
            return TextPredicates.endsWith(Set.of(middle));
        }
        return tail ? TextPredicates.startsWith(Set.of(middle)) : middle::equals;
    }

    /// Greedy, backtracks to the last star only: at most pattern times value steps. Reads the bytes of `value` one by
    /// one, at positions of [RawText].
    boolean matches(String value) {
        return matches(value, 0, RawText.end(value));
    }

    /// As [#matches(String)], of the part from position `from` up to position `end`.
    boolean matches(String value, int from, int end) {
        int at = from;
        int in = 0;
        int star = -1;
        int starValue = 0;
        while (at < end) {
            if (in < elements.length && elements[in] == ANY_BYTES) {
                star = in++;
                starValue = at;
            } else if (in < elements.length && matches(elements[in], RawText.byteAt(value, at))) {
                in++;
                at = RawText.next(value, at);
            } else if (star >= 0) {
                in = star + 1;
                starValue = RawText.next(value, starValue);
                at = starValue;
            } else {
                return false;
            }
        }
        while (in < elements.length && elements[in] == ANY_BYTES) {
            in++;
        }
        return in == elements.length;
    }

    private boolean matches(int element, int b) {
        int c = folded ? TextPredicates.fold(b) : b;
        if (element >= 0) {
            return element == c;
        }
        return element == ANY_BYTE || sets[FIRST_SET - element].contains(c);
    }
}
