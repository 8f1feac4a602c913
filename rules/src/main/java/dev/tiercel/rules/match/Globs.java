package dev.tiercel.rules.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// Shell patterns as `fnmatch(pattern, value, 0)`: `*` any text, `?` any character, `[a-z]` and `[!a-z]` sets, `\`
/// quotes; `/` is no different.
final class Globs {

    private static final int ANY_TEXT = -1;
    private static final int ANY_CHARACTER = -2;
    private static final int FIRST_SET = -3;

    /// Characters and wildcards; sets are numbered downwards from [#FIRST_SET].
    private final int[] elements;
    private final GlobSet[] sets;
    private final boolean folded;

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
                parsed[count] = c == '*' ? ANY_TEXT : c == '?' ? ANY_CHARACTER : c;
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
        return new Globs(folded ? TextPredicates.fold(pattern) : pattern, folded);
    }

    /// As [#of] and [#matches], without compiling the pattern, which has no set.
    static boolean matches(String value, String pattern, boolean folded) {
        int at = 0;
        int in = 0;
        int star = -1;
        int starValue = 0;
        while (at < value.length()) {
            char c = in < pattern.length() ? pattern.charAt(in) : 0;
            int quoted = c == '\\' && in + 1 < pattern.length() ? 1 : 0;
            if (in < pattern.length() && c == '*') {
                star = in++;
                starValue = at;
            } else if (in < pattern.length()
                    && (c == '?' || same(pattern.charAt(in + quoted), value.charAt(at), folded))) {
                in += 1 + quoted;
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

    private static boolean same(char first, char second, boolean folded) {
        return first == second || (folded && TextPredicates.fold(first) == TextPredicates.fold(second));
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
            return value -> value.contains(middle);
        }
        if (head) {
            return value -> value.endsWith(middle);
        }
        return tail ? value -> value.startsWith(middle) : middle::equals;
    }

    /// Greedy, backtracks to the last star only: at most pattern times value steps.
    boolean matches(String value) {
        int at = 0;
        int in = 0;
        int star = -1;
        int starValue = 0;
        while (at < value.length()) {
            if (in < elements.length && elements[in] == ANY_TEXT) {
                star = in++;
                starValue = at;
            } else if (in < elements.length && matches(elements[in], fold(value.charAt(at)))) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++starValue;
            } else {
                return false;
            }
        }
        while (in < elements.length && elements[in] == ANY_TEXT) {
            in++;
        }
        return in == elements.length;
    }

    private boolean matches(int element, char c) {
        if (element >= 0) {
            return element == c;
        }
        return element == ANY_CHARACTER || sets[FIRST_SET - element].contains(c);
    }

    private char fold(char c) {
        return folded ? TextPredicates.fold(c) : c;
    }
}
