package dev.tiercel.rules.match;

import com.google.re2j.Pattern;
import dev.tiercel.rules.ir.NumberPredicate;
import dev.tiercel.rules.ir.TextPredicate;
import dev.tiercel.rules.syntax.Operator;
import dev.tiercel.schemas.RawText;
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
            case TextPredicate.ContainsFolded(String part) -> containsFolded(part);
            case TextPredicate.StartsWith(var prefixes) -> startsWith(prefixes);
            case TextPredicate.EndsWith(var suffixes) -> endsWith(suffixes);
            case TextPredicate.Glob(String pattern, boolean folded) -> Globs.compile(pattern, folded);
            case TextPredicate.Matches(String pattern) -> matches(Pattern.compile(RawText.sanitised(pattern)));
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
            case LT -> value -> RawText.compare(value, operand) < 0;
            case LE -> value -> RawText.compare(value, operand) <= 0;
            case GT -> value -> RawText.compare(value, operand) > 0;
            case GE -> value -> RawText.compare(value, operand) >= 0;
            default -> throw new IllegalStateException("operator=" + operator);
        };
    }

    /// As in Falco, an expression is matched with what is shown of a value: that is Unicode, which RE2 requires.
    private static Predicate<String> matches(Pattern pattern) {
        return value -> pattern.matches(RawText.sanitised(value));
    }

    static Predicate<String> contains(Set<String> parts) {
        String[] array = parts.toArray(String[]::new);
        if (!TextOperators.allWhole(parts)) {
            return value -> TextOperators.containsAny(value, array);
        }
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

    static Predicate<String> startsWith(Set<String> prefixes) {
        if (prefixes.size() > FEW && TextAutomaton.canHold(prefixes)) {
            return TextAutomaton.ofPrefixes(unnumbered(prefixes))::hasPrefix;
        }
        String[] array = prefixes.toArray(String[]::new);
        if (!TextOperators.allWhole(prefixes)) {
            return value -> TextOperators.startsWithAny(value, array);
        }
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

    static Predicate<String> endsWith(Set<String> suffixes) {
        if (suffixes.size() > FEW && TextAutomaton.canHold(suffixes)) {
            return TextAutomaton.ofSuffixes(unnumbered(suffixes))::hasSuffix;
        }
        String[] array = suffixes.toArray(String[]::new);
        if (!TextOperators.allWhole(suffixes)) {
            return value -> TextOperators.endsWithAny(value, array);
        }
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
        value.chars().forEach(c -> folded.append((char) fold(c)));
        return folded.toString();
    }

    static int fold(int c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }

    private static Predicate<String> containsFolded(String part) {
        return TextOperators.isWhole(part)
                ? value -> containsFolded(value, part)
                : value -> TextOperators.containsBytes(value, part, true);
    }

    private static boolean containsFolded(String value, String part) {
        int last = value.length() - part.length();
        for (int start = 0; start <= last; start++) {
            int i = 0;
            while (i < part.length() && fold(value.charAt(start + i)) == part.charAt(i)) {
                i++;
            }
            if (i == part.length()) {
                return true;
            }
        }
        return false;
    }
}
