package dev.tiercel.rules.engine;

/// A compiled condition.
@FunctionalInterface
public interface Condition {
    /// Whether the present event satisfies it.
    boolean holds(Evaluation evaluation);
}
