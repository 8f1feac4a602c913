package dev.tiercel.kevent;

import java.nio.ByteBuffer;

/// The header of every record: `struct kevent_hdr` of `probe-c/include/kevent.h`, read in place and valid until the
/// handler returns.
/// ```
///  0       8        12     14    16    20    24      32          40     56    60      64
///  | ktime | length | type | cpu | pid | tid | start | cgroup_id | comm | uid | flags |
/// ```
public sealed class HeaderDecoder
        permits ProcessDecoder, ForkDecoder, ExitDecoder, SyscallDecoder, OpenDecoder, SocketDecoder {
    static final int KTIME = 0;
    static final int LENGTH = 8;
    static final int TYPE = 12;
    static final int CPU = 14;
    static final int PID = 16;
    static final int TID = 20;
    static final int START = 24;
    static final int CGROUP_ID = 32;
    static final int COMM = 40;
    static final int UID = 56;
    static final int RECORD_FLAGS = 60;
    /// Bytes of the struct, without the strings.
    public static final int SIZE = 64;

    /// Bit of [#recordFlags()]: a string was cut at its bound.
    public static final int FLAG_TRUNCATED = 0x1;

    /// Bit of [#recordFlags()]: a string or struct of user space could not be read.
    public static final int FLAG_FAULT = 0x2;

    /// Bit of [#recordFlags()]: submitted through io_uring; the result is not known, `ret` and what follows from it
    /// is 0.
    public static final int FLAG_IO_URING = 0x8;

    ByteBuffer buffer = LittleEndian.NOTHING;
    int offset;

    /// Points this decoder at a record handed out by [Ring] or [KevReader].
    public final void wrap(ByteBuffer data, int at) {
        buffer = data;
        offset = at;
    }

    /// Nanoseconds since boot, CLOCK_BOOTTIME; of a syscall: when it returned.
    public final long ktime() {
        return LittleEndian.int64(buffer, offset + KTIME);
    }

    /// Bytes of the whole record: header, struct and strings.
    public final int length() {
        return LittleEndian.int32(buffer, offset + LENGTH);
    }

    /// A [KeventType].
    public final int type() {
        return LittleEndian.unsigned16(buffer, offset + TYPE);
    }

    public final int cpu() {
        return LittleEndian.unsigned16(buffer, offset + CPU);
    }

    /// Thread group id.
    public final int pid() {
        return LittleEndian.int32(buffer, offset + PID);
    }

    public final int tid() {
        return LittleEndian.int32(buffer, offset + TID);
    }

    /// When the thread group leader started, nanoseconds since boot: (pid, start) never repeats.
    public final long start() {
        return LittleEndian.int64(buffer, offset + START);
    }

    /// Inode of the cgroup: in the default hierarchy unless it is the root, else of the memory controller, else of
    /// pids.
    public final long cgroupId() {
        return LittleEndian.int64(buffer, offset + CGROUP_ID);
    }

    /// The name of the calling thread, without the padding.
    public final byte[] commBytes() {
        int at = offset + COMM;
        return LittleEndian.bytes(buffer, at, LittleEndian.lengthUntilNul(buffer, at, 16));
    }

    /// Effective uid of the calling thread.
    public final long uid() {
        return LittleEndian.unsigned32(buffer, offset + UID);
    }

    /// Whether a string was cut at its bound.
    public final boolean isCut() {
        return (recordFlags() & FLAG_TRUNCATED) != 0;
    }

    /// Threads of the process, at most 65535; 0: not known.
    public final int threadCount() {
        return recordFlags() >>> 16;
    }

    /// Bits `KEVENT_F_*`, and the threads. Not called `flags`, which an open has too.
    public final int recordFlags() {
        return LittleEndian.int32(buffer, offset + RECORD_FLAGS);
    }
}
