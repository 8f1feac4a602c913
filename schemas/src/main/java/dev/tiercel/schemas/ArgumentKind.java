package dev.tiercel.schemas;

/// Kind of an argument in a batch, in the order of the Avro union.
public enum ArgumentKind {
    /// Unknown.
    NULL,
    LONG,
    STRING,
    BYTES
}
