package dev.tiercel.kevent;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Brings records of an older ABI version into the form of this one.
///
/// Since [KeventAbi#OLDEST_READABLE] numbers were appended to some structs and nothing else changed, so the struct of
/// an older record is what its strings leave of its length, and the numbers that it lacks are 0.
final class OlderRecords {
    /// A struct that has grown.
    ///
    /// @param oldest its size in [KeventAbi#OLDEST_READABLE]
    /// @param size as this version has it
    /// @param firstLength offset of the first of the 16-bit lengths of its strings
    /// @param lastLength offset of the last
    record Growth(int oldest, int size, int firstLength, int lastLength) {
        int strings(ByteBuffer record, int at) {
            int sum = 0;
            for (int length = firstLength; length <= lastLength; length += Short.BYTES) {
                sum += LittleEndian.unsigned16(record, at + length);
            }
            return sum;
        }
    }

    private static final Growth PROCESS =
            new Growth(248, ProcessDecoder.SIZE, ProcessDecoder.FIRST_LEN, ProcessDecoder.LAST_LEN);

    /// What has grown, by [KeventType].
    static final Map<Integer, Growth> GROWN = Map.of(
            KeventType.PROCESS,
            PROCESS,
            KeventType.EXEC,
            PROCESS,
            KeventType.SYSCALL,
            new Growth(136, SyscallDecoder.SIZE, SyscallDecoder.STR_LEN, SyscallDecoder.STR_LEN + 6),
            KeventType.OPEN,
            new Growth(112, OpenDecoder.SIZE, OpenDecoder.PATH_LEN, OpenDecoder.DIR_LEN));

    private final Map<Integer, Growth> growths;
    private final ByteBuffer grown;

    /// @param growths the structs that have grown, by [KeventType]
    OlderRecords(Map<Integer, Growth> growths) {
        this.growths = growths;
        int largest = growths.values().stream().mapToInt(Growth::size).max().orElse(0);
        this.grown = ByteBuffer.allocateDirect(KevFormat.MAX_RECORD + largest);
    }

    /// Where [#grow] puts the record, from 0.
    ByteBuffer grown() {
        return grown;
    }

    /// Whether records of the type have grown.
    boolean has(int type) {
        return growths.containsKey(type);
    }

    /// Copies a record of a type that has grown, with the numbers that it lacks; returns its length, -1 if it is not
    /// sound.
    int grow(ByteBuffer record, int at, int length) {
        Growth growth = length < HeaderDecoder.SIZE ? null : growth(record, at);
        if (growth == null || length < growth.oldest()) {
            return -1;
        }
        int strings = growth.strings(record, at);
        int struct = length - strings;
        if (struct < growth.oldest() || struct > growth.size()) {
            return -1;
        }
        int size = growth.size();
        grown.put(0, record, at, struct);
        LittleEndian.clear(grown, struct, size - struct);
        grown.put(size, record, at + struct, strings);
        LittleEndian.putInt32(grown, HeaderDecoder.LENGTH, size + strings);
        return size + strings;
    }

    private @Nullable Growth growth(ByteBuffer record, int at) {
        return growths.get(LittleEndian.unsigned16(record, at + HeaderDecoder.TYPE));
    }
}
