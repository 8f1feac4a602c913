package dev.tiercel.rules.ir;

import dev.tiercel.rules.syntax.Operator;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A predicate of one string.
public sealed interface TextPredicate {

    /// One of these.
    record In(Set<String> values) implements TextPredicate {
        public In {
            values = sorted(values);
        }
    }

    /// `<`, `<=`, `>`, `>=` in lexicographic order.
    record Order(Operator operator, String operand) implements TextPredicate {}

    /// Contains one of these.
    record Contains(Set<String> parts) implements TextPredicate {
        public Contains {
            parts = sorted(parts);
        }
    }

    /// Contains this, ignoring the case of ASCII letters.
    record ContainsFolded(String part) implements TextPredicate {}

    /// Starts with one of these.
    record StartsWith(Set<String> prefixes) implements TextPredicate {
        public StartsWith {
            prefixes = sorted(prefixes);
        }
    }

    /// Ends with one of these.
    record EndsWith(Set<String> suffixes) implements TextPredicate {
        public EndsWith {
            suffixes = sorted(suffixes);
        }
    }

    /// fnmatch without flags: `*` and `?` match `/` too.
    ///
    /// @param folded ignoring the case of ASCII letters
    record Glob(String pattern, boolean folded) implements TextPredicate {}

    /// The whole string matches a regular expression.
    record Matches(String pattern) implements TextPredicate {}

    /// A path at or below one of these, whose components may be globs.
    record Below(List<String> paths) implements TextPredicate {
        public Below {
            paths = List.copyOf(new TreeSet<>(paths));
        }
    }

    /// The string is a number that satisfies a predicate.
    record AsNumber(NumberPredicate predicate) implements TextPredicate {}

    /// Immutable, and in the same order everywhere.
    private static Set<String> sorted(Set<String> values) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }
}
