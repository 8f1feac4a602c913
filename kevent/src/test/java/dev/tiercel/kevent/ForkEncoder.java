package dev.tiercel.kevent;

/// Writes `struct kevent_fork`: what [ForkDecoder] reads.
public final class ForkEncoder extends HeaderEncoder<ForkEncoder> {
    public ForkEncoder() {
        super(KeventType.FORK, ForkDecoder.SIZE);
    }

    @Override
    ForkEncoder self() {
        return this;
    }

    public ForkEncoder childStart(long value) {
        LittleEndian.putInt64(buffer, offset + ForkDecoder.CHILD_START, value);
        return this;
    }

    public ForkEncoder childCgroupId(long value) {
        LittleEndian.putInt64(buffer, offset + ForkDecoder.CHILD_CGROUP_ID, value);
        return this;
    }

    public ForkEncoder cloneFlags(long value) {
        LittleEndian.putInt64(buffer, offset + ForkDecoder.CLONE_FLAGS, value);
        return this;
    }

    public ForkEncoder childPid(int value) {
        LittleEndian.putInt32(buffer, offset + ForkDecoder.CHILD_PID, value);
        return this;
    }

    public ForkEncoder childVpid(int value) {
        LittleEndian.putInt32(buffer, offset + ForkDecoder.CHILD_VPID, value);
        return this;
    }

    public ForkEncoder childNsPid(long value) {
        LittleEndian.putInt32(buffer, offset + ForkDecoder.CHILD_NS_PID, (int) value);
        return this;
    }
}
