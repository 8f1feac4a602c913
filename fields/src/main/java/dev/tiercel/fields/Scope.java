package dev.tiercel.fields;

/// How long a field's value stays unchanged.
public enum Scope {
    /// Same for all events with equal [Row#processToken()].
    PROCESS,
    /// May differ with every event.
    EVENT
}
