package dev.tiercel.rules.ir;

import dev.tiercel.rules.syntax.Operator;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/// A predicate of one number.
public sealed interface NumberPredicate {

    /// One of these.
    record In(Set<Long> values) implements NumberPredicate {
        public In {
            values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
        }
    }

    /// `<`, `<=`, `>`, `>=`.
    record Order(Operator operator, long operand, boolean unsigned) implements NumberPredicate {}

    /// A comparison of a double.
    record Real(Operator operator, double operand) implements NumberPredicate {}
}
