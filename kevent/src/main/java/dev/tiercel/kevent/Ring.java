package dev.tiercel.kevent;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The consumer side of a `BPF_MAP_TYPE_RINGBUF` in shared memory: hands out records in place, in the kernel's order.
/// One thread drains; others may read the counts, which may lag. Source: the kernel's Documentation/bpf/ringbuf.rst.
/// ```
///  consumer  | position u64 |                  ours to write
///  producer  | position u64 |                  the kernel's
///  data      | size bytes | the first again |  as many as a record can have, so that none wraps
///  record    | u32 length, BUSY, DISCARD | u32 page offset | length bytes | padding to 8 |
/// ```
public final class Ring {
    private static final int BUSY = 1 << 31;
    private static final int DISCARD = 1 << 30;
    private static final int HEADER = 8;

    /// Bytes after which the consumer position is published in the middle of a drain: often enough that the kernel does
    /// not run out of room, rarely enough that the cache line stays ours.
    private static final int RELEASE_BYTES = 64 * 1024;

    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer consumer;
    private final ByteBuffer producer;
    private final ByteBuffer data;
    private final int size;
    private final int mask;
    private long discarded;
    private long malformed;

    /// @param consumer the page with the consumer's position at 0, writable
    /// @param producer the page with the producer's position at 0
    /// @param data the data area and behind it its beginning again, so that no record wraps: more than `size` bytes
    /// @param size bytes of the data area, a power of two
    /// @throws IllegalArgumentException if a buffer is not direct or too small, or `size` is not a power of two
    public Ring(ByteBuffer consumer, ByteBuffer producer, ByteBuffer data, int size) {
        if (Integer.bitCount(size) != 1 || size < HEADER || size > 1 << 29) {
            throw new IllegalArgumentException("size=" + size + " is not a power of two from 8 to 2^29");
        }
        this.consumer = direct("consumer", consumer, Long.BYTES);
        this.producer = direct("producer", producer, Long.BYTES);
        this.data = direct("data", data, size + HEADER);
        this.size = size;
        this.mask = size - 1;
    }

    private static ByteBuffer direct(String name, ByteBuffer buffer, int bytes) {
        if (!buffer.isDirect() || buffer.limit() < bytes) {
            throw new IllegalArgumentException(
                    name + " direct=" + buffer.isDirect() + " bytes=" + buffer.limit() + " needed=" + bytes);
        }
        return buffer;
    }

    /// Passes up to `limit` records to the handler and returns how many; 0 if none is ready. Discarded and malformed
    /// records are skipped and counted. If the handler throws, its record counts as consumed.
    ///
    /// @throws IllegalStateException if the positions or a length cannot have been written by the kernel
    public int drain(KeventHandler handler, int limit) {
        long head = (long) LONG.get(consumer, 0); // ours: plain
        long tail = (long) LONG.getAcquire(producer, 0); // pairs with the kernel's release store in reserve
        long released = head;
        if (tail - head > size || tail < head) {
            throw new IllegalStateException("ring positions: consumer=" + head + " producer=" + tail + " size=" + size);
        }
        int delivered = 0;
        try {
            while (head < tail && delivered < limit) {
                int at = (int) head & mask;
                int header = (int) INT.getAcquire(data, at); // pairs with the kernel's exchange in submit
                if ((header & BUSY) != 0) {
                    break; // reserved, not yet submitted: everything behind it waits
                }
                requireMapped(at, header & ~DISCARD);
                head = after(head, header & ~DISCARD, tail);
                delivered += deliver(handler, at + HEADER, header);
                if (head - released >= RELEASE_BYTES) {
                    LONG.setRelease(consumer, 0, head);
                    released = head;
                }
            }
        } finally {
            if (head != released) {
                LONG.setRelease(consumer, 0, head); // pairs with the kernel's acquire load in reserve
            }
        }
        return delivered;
    }

    private void requireMapped(int at, int length) {
        if (length > data.limit() - HEADER - at) {
            throw new IllegalStateException("ring record: offset=" + at + " length=" + length
                    + " exceeds the mapping of " + data.limit() + " bytes");
        }
    }

    private long after(long head, int length, long tail) {
        long next = head + ((length + HEADER + 7L) & ~7L);
        if (next > tail) {
            throw new IllegalStateException(
                    "ring record: position=" + head + " length=" + length + " producer=" + tail);
        }
        return next;
    }

    private int deliver(KeventHandler handler, int offset, int header) {
        if ((header & DISCARD) != 0) {
            discarded++;
            return 0;
        }
        int length = RecordCheck.validLength(data, offset, header);
        if (length < 0) {
            malformed++;
            return 0;
        }
        handler.onRecord(data, offset, length);
        return 1;
    }

    /// Records that the probe reserved and then discarded.
    long discarded() {
        return discarded;
    }

    /// Records too short for their struct and strings: never handed out.
    public long malformed() {
        return malformed;
    }

    /// Bytes that are waiting to be drained.
    public long pendingBytes() {
        return (long) LONG.getAcquire(producer, 0) - (long) LONG.get(consumer, 0);
    }
}
