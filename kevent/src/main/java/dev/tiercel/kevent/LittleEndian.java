package dev.tiercel.kevent;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Little-endian reads and writes at absolute byte offsets, whatever order the buffer is set to.
/// Plain access only: memory ordering is the concern of [Ring].
final class LittleEndian {
    static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static final VarHandle SHORT =
            MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    static int unsigned16(ByteBuffer buffer, int at) {
        return (short) SHORT.get(buffer, at) & 0xffff;
    }

    static int int32(ByteBuffer buffer, int at) {
        return (int) INT.get(buffer, at);
    }

    static long unsigned32(ByteBuffer buffer, int at) {
        return (int) INT.get(buffer, at) & 0xffff_ffffL;
    }

    static long int64(ByteBuffer buffer, int at) {
        return (long) LONG.get(buffer, at);
    }

    static void putInt16(ByteBuffer buffer, int at, int value) {
        SHORT.set(buffer, at, (short) value);
    }

    static void putInt32(ByteBuffer buffer, int at, int value) {
        INT.set(buffer, at, value);
    }

    static void putInt64(ByteBuffer buffer, int at, long value) {
        LONG.set(buffer, at, value);
    }

    static void clear(ByteBuffer buffer, int at, int length) {
        for (int i = 0; i < length; i++) {
            buffer.put(at + i, (byte) 0);
        }
    }

    static int lengthUntilNul(ByteBuffer buffer, int at, int limit) {
        int length = 0;
        while (length < limit && buffer.get(at + length) != 0) {
            length++;
        }
        return length;
    }

    static byte[] bytes(ByteBuffer buffer, int at, int length) {
        byte[] copy = new byte[length];
        buffer.get(at, copy);
        return copy;
    }
}
