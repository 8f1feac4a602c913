package dev.tiercel.kevent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Writes the header of a record, and tracks where its strings go. Start with [#wrap]; set fields in any order and
/// strings in the order of the struct; end with [#finish]. A field that is not set is 0.
public abstract sealed class HeaderEncoder<E extends HeaderEncoder<E>>
        permits ExecEncoder, ForkEncoder, ExitEncoder, SyscallEncoder, OpenEncoder, SocketEncoder {
    private final int type;
    private final int size;
    ByteBuffer buffer = LittleEndian.NOTHING;
    int offset;
    private int end;
    private int nextString;

    HeaderEncoder(int type, int size) {
        this.type = type;
        this.size = size;
    }

    abstract E self();

    /// Starts a record at `at`, all zero except its type; the buffer needs room for the struct and its strings.
    public final E wrap(ByteBuffer target, int at) {
        buffer = target;
        offset = at;
        LittleEndian.clear(target, at, size);
        LittleEndian.putInt16(target, at + HeaderDecoder.TYPE, type);
        end = at + size;
        nextString = 0;
        return self();
    }

    /// Sets the length of the record and returns it.
    public final int finish() {
        LittleEndian.putInt32(buffer, offset + HeaderDecoder.LENGTH, end - offset);
        return end - offset;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// @throws IllegalStateException if a later string of the struct has been set
    final E string(int index, int lengthField, byte[] value) {
        if (index < nextString) {
            throw new IllegalStateException("string index=" + index + " after index=" + (nextString - 1));
        }
        if (value.length > 0xffff) {
            throw new IllegalArgumentException("string index=" + index + " bytes=" + value.length + " limit=65535");
        }
        LittleEndian.putInt16(buffer, offset + lengthField, value.length);
        buffer.put(end, value);
        end += value.length;
        nextString = index + 1;
        return self();
    }

    final void type(int value) {
        LittleEndian.putInt16(buffer, offset + HeaderDecoder.TYPE, value);
    }

    final E fixed(int field, byte[] value, int limit) {
        if (value.length > limit) {
            throw new IllegalArgumentException("bytes=" + value.length + " limit=" + limit);
        }
        LittleEndian.clear(buffer, offset + field, limit);
        buffer.put(offset + field, value);
        return self();
    }

    public final E ktime(long value) {
        LittleEndian.putInt64(buffer, offset + HeaderDecoder.KTIME, value);
        return self();
    }

    public final E cpu(int value) {
        LittleEndian.putInt16(buffer, offset + HeaderDecoder.CPU, value);
        return self();
    }

    public final E pid(int value) {
        LittleEndian.putInt32(buffer, offset + HeaderDecoder.PID, value);
        return self();
    }

    public final E tid(int value) {
        LittleEndian.putInt32(buffer, offset + HeaderDecoder.TID, value);
        return self();
    }

    public final E start(long value) {
        LittleEndian.putInt64(buffer, offset + HeaderDecoder.START, value);
        return self();
    }

    public final E cgroupId(long value) {
        LittleEndian.putInt64(buffer, offset + HeaderDecoder.CGROUP_ID, value);
        return self();
    }

    public final E uid(long value) {
        LittleEndian.putInt32(buffer, offset + HeaderDecoder.UID, (int) value);
        return self();
    }

    public final E recordFlags(int value) {
        LittleEndian.putInt32(buffer, offset + HeaderDecoder.RECORD_FLAGS, value);
        return self();
    }

    public final E comm(String value) {
        return fixed(HeaderDecoder.COMM, utf8(value), 16);
    }
}
