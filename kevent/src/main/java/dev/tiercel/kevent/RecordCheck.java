package dev.tiercel.kevent;

import java.nio.ByteBuffer;

/// The only place that validates a record: decoders read what has passed without any check of their own.
final class RecordCheck {
    private RecordCheck() {}

    /// The length of the record that starts at `offset`; -1 if its struct and strings do not fit into the length that
    /// it states, or that length exceeds the `available` bytes. An unknown type needs a header only.
    static int validLength(ByteBuffer data, int offset, int available) {
        if (available < HeaderDecoder.SIZE) {
            return -1;
        }
        int length = LittleEndian.int32(data, offset + HeaderDecoder.LENGTH);
        if (length < HeaderDecoder.SIZE || length > available) {
            return -1;
        }
        return needed(data, offset, length) <= length ? length : -1;
    }

    private static int needed(ByteBuffer data, int offset, int length) {
        return switch (LittleEndian.unsigned16(data, offset + HeaderDecoder.TYPE)) {
            case KeventType.OPEN ->
                withStrings(data, offset, length, OpenDecoder.SIZE, OpenDecoder.PATH_LEN, OpenDecoder.DIR_LEN);
            case KeventType.SYSCALL ->
                withStrings(
                        data, offset, length, SyscallDecoder.SIZE, SyscallDecoder.STR_LEN, SyscallDecoder.STR_LEN + 6);
            case KeventType.SOCKET ->
                withStrings(
                        data, offset, length, SocketDecoder.SIZE, SocketDecoder.LOCAL_LEN, SocketDecoder.REMOTE_LEN);
            case KeventType.EXEC, KeventType.PROCESS ->
                withStrings(
                        data, offset, length, ProcessDecoder.SIZE, ProcessDecoder.FIRST_LEN, ProcessDecoder.LAST_LEN);
            case KeventType.FORK -> ForkDecoder.SIZE;
            case KeventType.EXIT -> ExitDecoder.SIZE;
            default -> HeaderDecoder.SIZE;
        };
    }

    /// The struct and its strings, whose lengths are the 16-bit words from `first` to `last`.
    private static int withStrings(ByteBuffer data, int offset, int length, int size, int first, int last) {
        if (length < size) {
            return size;
        }
        int sum = size;
        for (int field = first; field <= last; field += 2) {
            sum += LittleEndian.unsigned16(data, offset + field);
        }
        return sum;
    }
}
