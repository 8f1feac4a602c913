package dev.tiercel.kevent;

import java.nio.ByteBuffer;

/// Receives records in place: the bytes are valid until the handler returns, then the kernel may overwrite them.
@FunctionalInterface
public interface KeventHandler {
    /// Called with one well-formed record: its struct and strings lie within `length` bytes from `offset`.
    /// The type may be unknown to this version.
    void onRecord(ByteBuffer data, int offset, int length);
}
