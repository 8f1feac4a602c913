package dev.tiercel.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes Avro binary into a growing array that is reused. Strings are always valid UTF-8: bytes that are not are
/// written as [RawText] has them.
final class AvroOutput {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long TOP_BITS = 0x8080808080808080L;
    private static final int VARINT_MAX = 10;

    private byte[] bytes;
    private int size;

    AvroOutput(int capacity) {
        bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /// Discards everything after `size`.
    void truncate(int size) {
        this.size = size;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, size);
    }

    void appendTo(AvroOutput other) {
        other.raw(bytes, 0, size);
    }

    void writeBoolean(boolean value) {
        reserve(1);
        bytes[size++] = (byte) (value ? 1 : 0);
    }

    /// Zigzag varint; Avro's int and long are the same on the wire.
    void writeLong(long value) {
        reserve(VARINT_MAX);
        long rest = (value << 1) ^ (value >> 63);
        byte[] target = bytes;
        int at = size;
        while ((rest & ~0x7fL) != 0) {
            target[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[at++] = (byte) rest;
        size = at;
    }

    void writeBytes(byte[] source, int offset, int length) {
        writeLong(length);
        raw(source, offset, length);
    }

    void writeBytes(ByteBuffer source, int offset, int length) {
        writeLong(length);
        reserve(length);
        source.get(offset, bytes, size, length);
        size += length;
    }

    /// Writes a [RawText], or any other string.
    void writeString(String value) {
        byte[] utf8 = value.getBytes(UTF_8); // a lone surrogate becomes '?'
        writeBytes(utf8, 0, utf8.length);
    }

    void writeString(byte[] source, int offset, int length) {
        int start = size;
        writeBytes(source, offset, length);
        escape(start, length);
    }

    void writeString(ByteBuffer source, int offset, int length) {
        int start = size;
        writeBytes(source, offset, length);
        escape(start, length);
    }

    /// The union of null and string.
    void writeOptional(@Nullable String value) {
        writeLong(value == null ? 0 : 1);
        if (value != null) {
            writeString(value);
        }
    }

    /// The union of null and boolean.
    void writeOptional(@Nullable Boolean value) {
        writeLong(value == null ? 0 : 1);
        if (value != null) {
            writeBoolean(value);
        }
    }

    void writeStrings(List<String> values) {
        if (!values.isEmpty()) {
            writeLong(values.size());
            values.forEach(this::writeString);
        }
        writeLong(0);
    }

    void writeLongs(long[] values) {
        if (values.length > 0) {
            writeLong(values.length);
            for (long value : values) {
                writeLong(value);
            }
        }
        writeLong(0);
    }

    void raw(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /// Rewrites the string that begins at `start` and whose last `length` bytes are its text, if it is not valid UTF-8.
    private void escape(int start, int length) {
        int from = size - length;
        if (!isAscii(bytes, from, length) && RawText.firstRaw(bytes, from, size) >= 0) {
            String text = RawText.of(bytes, from, length);
            size = start;
            writeString(text);
        }
    }

    private static boolean isAscii(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            if (((long) LONGS.get(bytes, at) & TOP_BITS) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
        }
    }
}
