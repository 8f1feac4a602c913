package dev.tiercel.kevent;

/// The end of a process, with its last thread: `struct kevent_exit` of `probe-c/include/kevent.h`, read in place and
/// valid until the handler returns. The first 64 bytes are the header, whose accessors this type inherits.
/// ```
///  64     68     72
///  | code | _pad |
/// ```
public final class ExitDecoder extends HeaderDecoder {
    static final int CODE = 64;
    /// Bytes of the struct, without the strings.
    static final int SIZE = 72;

    /// The wait status: `exit status << 8 | signal`.
    public int code() {
        return LittleEndian.int32(buffer, offset + CODE);
    }
}
