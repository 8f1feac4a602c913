package dev.tiercel.ruletools.conformance;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The outcome of a case of a conformance file.
///
/// @param detail what was expected and what found, or why it cannot be said; empty if it passed
record Outcome(Kind kind, String detail) {

    static final Outcome PASSED = new Outcome(Kind.PASSED, "");

    /// How a case can end.
    enum Kind {
        PASSED("passed"),
        FAILED("failed"),
        /// It can only be expressed in its original C++: neither passed nor failed.
        NOT_EXPRESSIBLE("not expressible"),
        /// What it asks is not known here: neither passed nor failed.
        UNKNOWN("not known"),
        /// Its input was damaged when it was extracted; it passes once repaired.
        DAMAGED("damaged");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    static Outcome failed(String detail) {
        return new Outcome(Kind.FAILED, detail);
    }

    static Outcome notExpressible(String detail) {
        return new Outcome(Kind.NOT_EXPRESSIBLE, detail);
    }

    static Outcome unknown(String detail) {
        return new Outcome(Kind.UNKNOWN, detail);
    }

    static Outcome damaged(String detail) {
        return new Outcome(Kind.DAMAGED, detail);
    }

    /// Passed if the two are equal.
    static Outcome equal(String what, Object expected, @Nullable Object found) {
        return Objects.equals(expected, found)
                ? PASSED
                : failed("%s: expected %s, found %s".formatted(what, expected, found));
    }

    boolean passed() {
        return kind == Kind.PASSED;
    }
}
