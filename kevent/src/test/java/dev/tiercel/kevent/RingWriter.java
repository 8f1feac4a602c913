package dev.tiercel.kevent;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The producer side of a ring in this process's memory: does what the kernel does, for tests and benchmarks.
/// One thread writes; another may drain [#ring] meanwhile.
///
/// A record is contiguous even if it runs past `size`, so this memory need not be mapped twice.
public final class RingWriter {
    private static final int BUSY = 1 << 31;
    private static final int DISCARD = 1 << 30;
    private static final int HEADER = 8;
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer consumer = ByteBuffer.allocateDirect(64);
    private final ByteBuffer producer = ByteBuffer.allocateDirect(64);
    private final ByteBuffer data;
    private final int size;
    private final Ring ring;

    /// @param size bytes of the data area, a power of two
    public RingWriter(int size) {
        this.size = size;
        this.data = ByteBuffer.allocateDirect(2 * size);
        this.ring = new Ring(consumer, producer, data, size);
    }

    /// The consumer side.
    public Ring ring() {
        return ring;
    }

    /// Reserves, copies and submits; false if the ring has no room.
    public boolean tryWrite(ByteBuffer record, int offset, int length) {
        long at = tryReserve(length);
        if (at < 0) {
            return false;
        }
        fill(at, record, offset, length);
        submit(at);
        return true;
    }

    /// Reserves `length` bytes, for which the consumer waits, and returns their position; -1 if the ring has no room.
    public long tryReserve(int length) {
        long head = (long) LONG.getAcquire(consumer, 0); // pairs with the reader's release
        long tail = (long) LONG.get(producer, 0);
        long next = tail + ((length + HEADER + 7L) & ~7L);
        if (next - head > size) {
            return -1;
        }
        INT.set(data, index(tail), length | BUSY);
        LONG.setRelease(producer, 0, next);
        return tail;
    }

    /// Copies into a reservation.
    public void fill(long position, ByteBuffer record, int offset, int length) {
        data.put(index(position) + HEADER, record, offset, length);
    }

    /// Ends a reservation: the consumer may read it.
    public void submit(long position) {
        INT.setRelease(data, index(position), (int) INT.get(data, index(position)) & ~BUSY);
    }

    /// Ends a reservation: the consumer skips it.
    public void discard(long position) {
        INT.setRelease(data, index(position), ((int) INT.get(data, index(position)) & ~BUSY) | DISCARD);
    }

    /// Resets the reader to position 0, so that the same records are drained again. Only while nobody drains, and only
    /// if no more than the ring's size has been written.
    public void rewind() {
        LONG.setRelease(consumer, 0, 0L);
    }

    private int index(long position) {
        return (int) position & (size - 1);
    }
}
