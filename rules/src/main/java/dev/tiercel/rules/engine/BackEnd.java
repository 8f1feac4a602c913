package dev.tiercel.rules.engine;

/// What rules are compiled to. Both decide alike.
public enum BackEnd {
    /// Java closures: the reference of what conditions mean, and what is used where code cannot be generated.
    CLOSURES,
    /// One class of bytecode for the rules of a source.
    GENERATED
}
