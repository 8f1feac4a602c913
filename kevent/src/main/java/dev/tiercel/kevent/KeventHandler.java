package dev.tiercel.kevent;

import java.nio.ByteBuffer;

/// Receives records in place: the bytes are valid until the handler returns, and belong to the kernel after that.
@FunctionalInterface
public interface KeventHandler {
    /// One sound record: its struct and all its strings lie within `length` bytes from `offset`.
    /// The type may be one that this version does not know.
    void onRecord(ByteBuffer data, int offset, int length);
}
