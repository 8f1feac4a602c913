package dev.tiercel.kevent;

import java.nio.ByteBuffer;

/// The probe's counters, summed over the CPUs: `struct kevent_counters` of `probe-c/include/kevent.h`.
/// Filled by `probe_counters`; never a record on the ring.
/// ```
///  0         40          80        120      128      136
///  | emitted | ring_full | scratch | faults | compat |      the first three: one u64 per class
/// ```
public final class CountersDecoder {
    static final int EMITTED = 0;
    static final int RING_FULL = 40;
    static final int SCRATCH = 80;
    static final int FAULTS = 120;
    static final int COMPAT = 128;
    /// Bytes of the struct.
    public static final int SIZE = 136;

    private ByteBuffer buffer = LittleEndian.NOTHING;
    private int offset;

    public void wrap(ByteBuffer data, int at) {
        buffer = data;
        offset = at;
    }

    /// Records submitted to the ring.
    public long emitted(KeventClass kind) {
        return LittleEndian.int64(buffer, offset + EMITTED + 8 * kind.index());
    }

    /// Records lost because the ring had no room.
    public long ringFull(KeventClass kind) {
        return LittleEndian.int64(buffer, offset + RING_FULL + 8 * kind.index());
    }

    /// Records lost because a program could not run, or had no scratch buffer.
    public long scratch(KeventClass kind) {
        return LittleEndian.int64(buffer, offset + SCRATCH + 8 * kind.index());
    }

    /// Records sent with a string that could not be read.
    public long faults() {
        return LittleEndian.int64(buffer, offset + FAULTS);
    }

    /// Calls of 32-bit programs that are not decoded: on arm64 only.
    public long compat() {
        return LittleEndian.int64(buffer, offset + COMPAT);
    }
}
