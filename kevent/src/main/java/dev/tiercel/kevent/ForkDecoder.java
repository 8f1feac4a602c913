package dev.tiercel.kevent;

/// A new process; the header is the parent's. `struct kevent_fork` of `probe-c/include/kevent.h`, read in place and
/// valid until the handler returns. The first 64 bytes are the header, whose accessors this type inherits.
/// ```
///  64            72                80            88          92           96             100    104
///  | child_start | child_cgroup_id | clone_flags | child_pid | child_vpid | child_ns_pid | _pad |
/// ```
public final class ForkDecoder extends HeaderDecoder {
    static final int CHILD_START = 64;
    static final int CHILD_CGROUP_ID = 72;
    static final int CLONE_FLAGS = 80;
    static final int CHILD_PID = 88;
    static final int CHILD_VPID = 92;
    static final int CHILD_NS_PID = 96;
    /// Bytes of the struct, without the strings.
    static final int SIZE = 104;

    public long childStart() {
        return LittleEndian.int64(buffer, offset + CHILD_START);
    }

    public long childCgroupId() {
        return LittleEndian.int64(buffer, offset + CHILD_CGROUP_ID);
    }

    /// `CLONE_*` where known, else 0.
    public long cloneFlags() {
        return LittleEndian.int64(buffer, offset + CLONE_FLAGS);
    }

    public int childPid() {
        return LittleEndian.int32(buffer, offset + CHILD_PID);
    }

    public int childVpid() {
        return LittleEndian.int32(buffer, offset + CHILD_VPID);
    }

    public long childNsPid() {
        return LittleEndian.unsigned32(buffer, offset + CHILD_NS_PID);
    }
}
