package dev.tiercel.kevent;

import java.nio.ByteBuffer;

/// Brings records of an older ABI version into the form of this one.
///
/// Since [KeventAbi#OLDEST_READABLE] numbers were appended to `struct kevent_process` and nothing else changed, so the
/// struct of an older record is what its strings leave of its length, and the numbers that it lacks are 0.
final class OlderRecords {
    /// `sizeof(struct kevent_process)` in [KeventAbi#OLDEST_READABLE].
    static final int OLDEST_SIZE = 248;

    private final int size;
    private final ByteBuffer grown;

    /// @param size of the struct as this version has it
    OlderRecords(int size) {
        this.size = size;
        this.grown = ByteBuffer.allocateDirect(KevFormat.MAX_RECORD + size);
    }

    /// Where [#grow] puts the record, from 0.
    ByteBuffer grown() {
        return grown;
    }

    /// Copies a whole-process record with the numbers that it lacks; returns its length, -1 if it is not sound.
    int grow(ByteBuffer record, int at, int length) {
        int strings = length < OLDEST_SIZE ? length : strings(record, at);
        int struct = length - strings;
        if (struct < OLDEST_SIZE || struct > size) {
            return -1;
        }
        grown.put(0, record, at, struct);
        LittleEndian.clear(grown, struct, size - struct);
        grown.put(size, record, at + struct, strings);
        LittleEndian.putInt32(grown, HeaderDecoder.LENGTH, size + strings);
        return size + strings;
    }

    private static int strings(ByteBuffer record, int at) {
        int sum = 0;
        for (int length = ProcessDecoder.FIRST_LEN; length <= ProcessDecoder.LAST_LEN; length += Short.BYTES) {
            sum += LittleEndian.unsigned16(record, at + length);
        }
        return sum;
    }
}
