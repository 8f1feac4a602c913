package dev.tiercel.rules.engine;

/// A compiled condition.
@FunctionalInterface
interface Condition {
    /// Whether the present event satisfies it.
    boolean holds(Evaluation evaluation);
}
