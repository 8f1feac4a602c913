package dev.tiercel.rules.engine;

/// A compiled condition.
@FunctionalInterface
interface Condition {
    /// Whether the current event satisfies it.
    boolean holds(Evaluation evaluation);
}
