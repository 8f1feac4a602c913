package dev.tiercel.schemas;

/// Which earlier versions a new schema must get on with, in Confluent's words.
///
/// BACKWARD: the new schema reads what the old one wrote. FORWARD: the old reads what the new writes. FULL: both.
/// TRANSITIVE: with all earlier versions, not only the last.
public enum Compatibility {
    NONE,
    BACKWARD,
    BACKWARD_TRANSITIVE,
    FORWARD,
    FORWARD_TRANSITIVE,
    FULL,
    FULL_TRANSITIVE
}
