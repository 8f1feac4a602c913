package dev.tiercel.kevent;

/// Writes `struct kevent_syscall`: what [SyscallDecoder] reads.
public final class SyscallEncoder extends HeaderEncoder<SyscallEncoder> {
    public SyscallEncoder() {
        super(KeventType.SYSCALL, SyscallDecoder.SIZE);
    }

    @Override
    SyscallEncoder self() {
        return this;
    }

    public SyscallEncoder ret(long value) {
        LittleEndian.putInt64(buffer, offset + SyscallDecoder.RET, value);
        return this;
    }

    public SyscallEncoder arg(int index, long value) {
        LittleEndian.putInt64(buffer, offset + SyscallDecoder.ARGS + 8 * index, value);
        return this;
    }

    public SyscallEncoder nr(int value) {
        LittleEndian.putInt16(buffer, offset + SyscallDecoder.NR, value);
        return this;
    }

    public SyscallEncoder string(int index, byte[] value) {
        return string(index, SyscallDecoder.STR_LEN + 2 * index, value);
    }

    public SyscallEncoder string(int index, String value) {
        return string(index, utf8(value));
    }

    public SyscallEncoder fileMode(int value) {
        LittleEndian.putInt16(buffer, offset + SyscallDecoder.FILE_MODE, value);
        return this;
    }

    public SyscallEncoder dev(long value) {
        LittleEndian.putInt32(buffer, offset + SyscallDecoder.DEV, (int) value);
        return this;
    }

    public SyscallEncoder ino(long value) {
        LittleEndian.putInt64(buffer, offset + SyscallDecoder.INO, value);
        return this;
    }
}
