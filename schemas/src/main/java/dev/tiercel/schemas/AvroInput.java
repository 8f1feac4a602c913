package dev.tiercel.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads Avro binary in place from untrusted bytes.
///
/// Every count and length is checked against the remaining bytes before any allocation or loop, so time and memory are
/// bounded by the length of the record. A violation throws [BadRecordException].
final class AvroInput {

    private static final byte[] NOTHING = {};
    private static final int VARINT_MAX = 10;

    private final @Nullable TextCache texts;
    private byte[] bytes = NOTHING;
    private int position;
    private int limit;
    private int blockEnd = -1;

    /// Decodes every text anew.
    AvroInput() {
        texts = null;
    }

    /// Looks texts up in `texts`.
    AvroInput(TextCache texts) {
        this.texts = texts;
    }

    void wrap(byte[] record, int offset, int end) {
        bytes = record;
        position = offset;
        limit = end;
    }

    int position() {
        return position;
    }

    void position(int offset) {
        position = offset;
    }

    int remaining() {
        return limit - position;
    }

    /// Zigzag varint. The common one to three bytes are read here; the array's own bounds check is the only one that
    /// costs.
    long readLong() {
        byte[] source = bytes;
        int at = position;
        if (limit - at >= 3) {
            int value = source[at];
            if (value >= 0) {
                position = at + 1;
                return (value >>> 1) ^ -(long) (value & 1);
            }
            value = (value & 0x7f) | (source[at + 1] << 7);
            if (value >= 0) {
                position = at + 2;
                return (value >>> 1) ^ -(long) (value & 1);
            }
            value = (value & 0x3fff) | (source[at + 2] << 14);
            if (value >= 0) {
                position = at + 3;
                return (value >>> 1) ^ -(long) (value & 1);
            }
        }
        return readLongSlowly(source, at);
    }

    private long readLongSlowly(byte[] source, int start) {
        int stop = Math.min(limit, start + VARINT_MAX);
        long value = 0;
        int shift = 0;
        for (int at = start; at < stop; at++, shift += 7) {
            byte next = source[at];
            if (shift == 63 && next > 1) {
                break;
            }
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                position = at + 1;
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw stop - start < VARINT_MAX
                ? end(1)
                : BadRecordException.corrupt("number longer than 64 bits at byte " + start);
    }

    int readInt() {
        long value = readLong();
        if ((int) value != value) {
            throw BadRecordException.corrupt("int out of range: " + value + " before byte " + position);
        }
        return (int) value;
    }

    /// An index into an array of `count` items, or -1.
    int readIndex(int count) {
        long value = readLong();
        if (value < -1 || value >= count) {
            throw BadRecordException.corrupt("index=" + value + " of items=" + count + " before byte " + position);
        }
        return (int) value;
    }

    boolean readBoolean() {
        if (position >= limit) {
            throw end(1);
        }
        byte value = bytes[position];
        if (value != 0 && value != 1) {
            throw BadRecordException.corrupt("boolean is " + value + " at byte " + position);
        }
        position++;
        return value == 1;
    }

    /// A length of bytes or text, checked against the remaining bytes.
    int readLength() {
        long length = readLong();
        if (length < 0 || length > limit - position) {
            throw end(length);
        }
        return (int) length;
    }

    /// The number of items in the next block of an array or map, 0 at its end; every item takes at least one byte.
    int readBlock() {
        long count = readLong();
        int most = limit - position;
        blockEnd = -1;
        if (count < 0) {
            most = readLength();
            blockEnd = position + most;
            count = -count;
        }
        if (count < 0 || count > most) {
            throw end(count);
        }
        return (int) count;
    }

    /// End offset of the block that [#readBlock] began; -1 if it has no size.
    int blockEnd() {
        return blockEnd;
    }

    /// Fails unless a block with a size ends here.
    void expectEnd(int blockEnd) {
        if (blockEnd >= 0 && blockEnd != position) {
            throw BadRecordException.corrupt("block ends at byte " + position + ", announced=" + blockEnd);
        }
    }

    /// Skips blocks with a size; returns the number of items in the first one without, 0 at the end.
    int skipSizedBlocks() {
        int count = readBlock();
        while (count > 0 && blockEnd >= 0) {
            position = blockEnd;
            count = readBlock();
        }
        return count;
    }

    byte[] readBytes(int length) {
        if (length > limit - position) {
            throw end(length);
        }
        byte[] value = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return value;
    }

    /// `length` bytes, little endian.
    long readFixed(int length) {
        byte[] fixed = readBytes(length);
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | (fixed[i] & 0xff);
        }
        return value;
    }

    String readString() {
        int length = readLength();
        String value = texts == null ? new String(bytes, position, length, UTF_8) : texts.text(bytes, position, length);
        position += length;
        return value;
    }

    @Nullable
    String readOptionalString() {
        return readPresent() ? readString() : null;
    }

    @Nullable
    Boolean readOptionalBoolean() {
        return readPresent() ? (Boolean) readBoolean() : null;
    }

    private boolean readPresent() {
        long branch = readLong();
        if (branch != 0 && branch != 1) {
            throw BadRecordException.corrupt("union branch " + branch + " of 2 before byte " + position);
        }
        return branch == 1;
    }

    /// Skips bytes or text; returns its offset and length.
    int skipString() {
        int start = position;
        int length = readLength();
        position += length;
        return start;
    }

    /// Skips the union of null and string; returns the offset of the string, -1 for null.
    int skipOptionalString() {
        return readPresent() ? skipString() : -1;
    }

    /// Skips an array of strings; returns its offset.
    int skipStrings() {
        int start = position;
        for (int count = readBlock(); count > 0; count = readBlock()) {
            for (int i = 0; i < count; i++) {
                skipString();
            }
        }
        return start;
    }

    /// Skips an array of longs; returns its offset.
    int skipLongs() {
        int start = position;
        for (int count = readBlock(); count > 0; count = readBlock()) {
            for (int i = 0; i < count; i++) {
                readLong();
            }
        }
        return start;
    }

    String stringAt(int offset) {
        position = offset;
        return readString();
    }

    /// Appends the string at `offset` to `joined`.
    void appendAt(int offset, TextBuffer joined) {
        position = offset;
        int length = readLength();
        joined.append(bytes, position, length);
    }

    /// Whether the array at `offset` has no items.
    boolean isEmptyAt(int offset) {
        position = offset;
        return readBlock() == 0;
    }

    /// Appends the array of strings at `offset` to `joined`, separated by spaces.
    void joinAt(int offset, TextBuffer joined) {
        position = offset;
        boolean first = true;
        for (int count = readBlock(); count > 0; count = readBlock()) {
            for (int i = 0; i < count; i++) {
                if (!first) {
                    joined.append((byte) ' ');
                }
                int length = readLength();
                joined.append(bytes, position, length);
                position += length;
                first = false;
            }
        }
    }

    List<String> stringsAt(int offset) {
        position = offset;
        List<String> values = new ArrayList<>();
        for (int count = readBlock(); count > 0; count = readBlock()) {
            for (int i = 0; i < count; i++) {
                values.add(readString());
            }
        }
        return List.copyOf(values);
    }

    long[] longsAt(int offset) {
        position = offset;
        long[] values = new long[8];
        int size = 0;
        for (int count = readBlock(); count > 0; count = readBlock()) {
            if (values.length - size < count) {
                values = Arrays.copyOf(values, Math.max(size + count, size * 2));
            }
            for (int i = 0; i < count; i++) {
                values[size++] = readLong();
            }
        }
        return Arrays.copyOf(values, size);
    }

    private BadRecordException end(long wanted) {
        return BadRecordException.corrupt(
                "at byte " + position + " wanted=" + wanted + " bytes or items, left=" + (limit - position));
    }
}
