package dev.tiercel.schemas;

/// Which value an argument has in a batch; the order is that of the Avro union.
public enum ArgumentKind {
    /// Not known.
    NULL,
    LONG,
    STRING,
    BYTES
}
