package dev.tiercel.schemas;

/// Kind of an event's descriptor, in the order of the Avro union.
public enum DescriptorKind {
    /// The event has no descriptor.
    NONE,
    /// Anything but a socket.
    FILE,
    SOCKET
}
