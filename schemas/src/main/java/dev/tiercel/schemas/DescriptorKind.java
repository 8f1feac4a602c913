package dev.tiercel.schemas;

/// What the descriptor of an event is; the order is that of the Avro union.
public enum DescriptorKind {
    /// The event is about no descriptor.
    NONE,
    /// Anything but a socket.
    FILE,
    SOCKET
}
