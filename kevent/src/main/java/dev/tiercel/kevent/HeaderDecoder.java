package dev.tiercel.kevent;

import java.nio.ByteBuffer;

/// What every record starts with. `struct kevent_hdr` of `probe-c/include/kevent.h`, in place: valid until the
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

    /// Bit of [#recordFlags()]: a 32-bit syscall (never sent in version 1; counted).
    public static final int FLAG_COMPAT = 0x4;

    /// Bit of [#recordFlags()]: submitted through io_uring; ret is 0.
    public static final int FLAG_IO_URING = 0x8;

    ByteBuffer buffer = LittleEndian.NOTHING;
    int offset;

    /// Points this decoder at the record that starts at `offset`; the record is one that [Ring] or [KevReader] gave.
    public final void wrap(ByteBuffer data, int at) {
        buffer = data;
        offset = at;
    }

    /// Ns since boot, CLOCK_BOOTTIME; of a syscall: when it returned.
    public final long ktime() {
        return LittleEndian.int64(buffer, offset + KTIME);
    }

    /// Bytes, this header and the strings included.
    public final int length() {
        return LittleEndian.int32(buffer, offset + LENGTH);
    }

    /// Enum kevent_type.
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

    /// Start of the thread group leader, ns since boot: (pid, start) never repeats.
    public final long start() {
        return LittleEndian.int64(buffer, offset + START);
    }

    /// Inode of the cgroup: default hierarchy if its level > 0, else memory, else pids css.
    public final long cgroupId() {
        return LittleEndian.int64(buffer, offset + CGROUP_ID);
    }

    public final int commOffset() {
        return offset + COMM;
    }

    /// Bytes of the name of the calling thread, without the padding.
    public final int commLength() {
        return LittleEndian.lengthUntilNul(buffer, offset + COMM, 16);
    }

    public final byte[] commBytes() {
        return LittleEndian.bytes(buffer, commOffset(), commLength());
    }

    public final String commAsString() {
        return LittleEndian.string(buffer, commOffset(), commLength());
    }

    /// Effective uid of the calling thread.
    public final long uid() {
        return LittleEndian.unsigned32(buffer, offset + UID);
    }

    /// KEVENT_F_*; named apart from the flags of an open.
    public final int recordFlags() {
        return LittleEndian.int32(buffer, offset + RECORD_FLAGS);
    }
}
