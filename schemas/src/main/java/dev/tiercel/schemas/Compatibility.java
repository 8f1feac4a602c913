package dev.tiercel.schemas;

/// Required compatibility of a new schema with earlier versions, in Confluent's terms.
///
/// BACKWARD: the new schema reads data of the old one. FORWARD: the old one reads data of the new one. FULL: both.
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
