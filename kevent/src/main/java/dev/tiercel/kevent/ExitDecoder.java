package dev.tiercel.kevent;

/// A process ended: its last thread did. `struct kevent_exit` of `probe-c/include/kevent.h`, in place: valid until
/// the handler returns. The first 64 bytes are the header, whose accessors this type has too.
/// ```
///  64     68     72
///  | code | _pad |
/// ```
public final class ExitDecoder extends HeaderDecoder {
    static final int CODE = 64;
    /// Bytes of the struct, without the strings.
    public static final int SIZE = 72;

    /// As in wait status: status << 8 | signal.
    public int code() {
        return LittleEndian.int32(buffer, offset + CODE);
    }
}
