package dev.tiercel.rules.match;

import com.google.re2j.Pattern;
import dev.tiercel.rules.ir.NumberPredicate;
import dev.tiercel.rules.ir.TextPredicate;
import dev.tiercel.rules.syntax.Operator;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Compiles predicates of strings.
public final class TextPredicates {

    /// Up to this many constants are compared one by one.
    private static final int FEW = 3;

    private TextPredicates() {}

    /// Compiles `predicate`. The result is stateless.
    public static Predicate<String> compile(TextPredicate predicate) {
        return switch (predicate) {
            case TextPredicate.In(var values) -> in(values);
            case TextPredicate.Order(Operator operator, String operand) -> order(operator, operand);
            case TextPredicate.Contains(var parts) -> contains(parts);
            case TextPredicate.ContainsFolded(String part) -> value -> containsFolded(value, part);
            case TextPredicate.StartsWith(var prefixes) -> startsWith(prefixes);
            case TextPredicate.EndsWith(var suffixes) -> endsWith(suffixes);
            case TextPredicate.Glob(String pattern, boolean folded) -> Globs.compile(pattern, folded);
            case TextPredicate.Matches(String pattern) -> Pattern.compile(pattern)::matches;
            case TextPredicate.Below(var paths) -> PathTrie.of(paths)::contains;
            case TextPredicate.AsNumber(NumberPredicate number) -> asNumber(NumberPredicates.compile(number));
        };
    }

    private static Predicate<String> in(Set<String> values) {
        if (values.size() == 1) {
            return values.iterator().next()::equals;
        }
        return new StringTable(unnumbered(values))::contains;
    }

    private static Predicate<String> order(Operator operator, String operand) {
        return switch (operator) {
            case LT -> value -> value.compareTo(operand) < 0;
            case LE -> value -> value.compareTo(operand) <= 0;
            case GT -> value -> value.compareTo(operand) > 0;
            case GE -> value -> value.compareTo(operand) >= 0;
            default -> throw new IllegalStateException("operator=" + operator);
        };
    }

    private static Predicate<String> contains(Set<String> parts) {
        String[] array = parts.toArray(String[]::new);
        if (array.length == 1) {
            String only = array[0];
            return value -> value.contains(only);
        }
        return value -> {
            for (String part : array) {
                if (value.contains(part)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Predicate<String> startsWith(Set<String> prefixes) {
        if (prefixes.size() > FEW && TextAutomaton.canHold(prefixes)) {
            return TextAutomaton.ofPrefixes(unnumbered(prefixes))::hasPrefix;
        }
        String[] array = prefixes.toArray(String[]::new);
        if (array.length == 1) {
            String only = array[0];
            return value -> value.startsWith(only);
        }
        return value -> {
            for (String prefix : array) {
                if (value.startsWith(prefix)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Predicate<String> endsWith(Set<String> suffixes) {
        if (suffixes.size() > FEW && TextAutomaton.canHold(suffixes)) {
            return TextAutomaton.ofSuffixes(unnumbered(suffixes))::hasSuffix;
        }
        String[] array = suffixes.toArray(String[]::new);
        return value -> {
            for (String suffix : array) {
                if (value.endsWith(suffix)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Map<String, int[]> unnumbered(Set<String> patterns) {
        int[] one = {0};
        return patterns.stream().collect(Collectors.toMap(pattern -> pattern, pattern -> one));
    }

    private static Predicate<String> asNumber(java.util.function.LongPredicate predicate) {
        return value -> {
            try {
                return predicate.test(Long.parseLong(value));
            } catch (NumberFormatException e) {
                return false;
            }
        };
    }

    /// `value` with ASCII letters in lower case.
    public static String fold(String value) {
        StringBuilder folded = new StringBuilder(value.length());
        value.chars().forEach(c -> folded.append(fold((char) c)));
        return folded.toString();
    }

    static char fold(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    /// Whether `value` contains `part`, both with ASCII letters in lower case.
    static boolean containsFolded(String value, String part) {
        int last = value.length() - part.length();
        for (int start = 0; start <= last; start++) {
            int i = 0;
            while (i < part.length() && fold(value.charAt(start + i)) == fold(part.charAt(i))) {
                i++;
            }
            if (i == part.length()) {
                return true;
            }
        }
        return false;
    }
}
