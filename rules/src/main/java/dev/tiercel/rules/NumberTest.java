package dev.tiercel.rules;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/// A test of one number.
sealed interface NumberTest {

    /// One of these.
    record In(Set<Long> values) implements NumberTest {
        public In {
            values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
        }
    }

    /// `<`, `<=`, `>`, `>=`.
    record Order(Operator operator, long operand, boolean unsigned) implements NumberTest {}

    /// A comparison of a double.
    record Real(Operator operator, double operand) implements NumberTest {}
}
