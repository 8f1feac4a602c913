package dev.tiercel.kevent;

/// Writes `struct kevent_process`: what [ProcessDecoder] reads.
public final class ProcessEncoder extends HeaderEncoder<ProcessEncoder> {
    public ProcessEncoder() {
        super(KeventType.EXEC, ProcessDecoder.SIZE);
    }

    @Override
    ProcessEncoder self() {
        return this;
    }

    /// Makes the record one of the start-up snapshot; it is an exec otherwise.
    public ProcessEncoder snapshot() {
        type(KeventType.PROCESS);
        return this;
    }

    public ProcessEncoder parentStart(long value) {
        Memory.putInt64(buffer, offset + ProcessDecoder.PARENT_START, value);
        return this;
    }

    public ProcessEncoder capPermitted(long value) {
        Memory.putInt64(buffer, offset + ProcessDecoder.CAP_PERMITTED, value);
        return this;
    }

    public ProcessEncoder capEffective(long value) {
        Memory.putInt64(buffer, offset + ProcessDecoder.CAP_EFFECTIVE, value);
        return this;
    }

    public ProcessEncoder capInheritable(long value) {
        Memory.putInt64(buffer, offset + ProcessDecoder.CAP_INHERITABLE, value);
        return this;
    }

    public ProcessEncoder exeIno(long value) {
        Memory.putInt64(buffer, offset + ProcessDecoder.EXE_INO, value);
        return this;
    }

    public ProcessEncoder exeCtime(long value) {
        Memory.putInt64(buffer, offset + ProcessDecoder.EXE_CTIME, value);
        return this;
    }

    public ProcessEncoder exeMtime(long value) {
        Memory.putInt64(buffer, offset + ProcessDecoder.EXE_MTIME, value);
        return this;
    }

    public ProcessEncoder pidnsStart(long value) {
        Memory.putInt64(buffer, offset + ProcessDecoder.PIDNS_START, value);
        return this;
    }

    public ProcessEncoder ppid(int value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.PPID, value);
        return this;
    }

    public ProcessEncoder ruid(long value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.RUID, (int) value);
        return this;
    }

    public ProcessEncoder euid(long value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.EUID, (int) value);
        return this;
    }

    public ProcessEncoder suid(long value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.SUID, (int) value);
        return this;
    }

    public ProcessEncoder rgid(long value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.RGID, (int) value);
        return this;
    }

    public ProcessEncoder egid(long value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.EGID, (int) value);
        return this;
    }

    public ProcessEncoder sgid(long value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.SGID, (int) value);
        return this;
    }

    public ProcessEncoder loginuid(long value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.LOGINUID, (int) value);
        return this;
    }

    public ProcessEncoder vpid(int value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.VPID, value);
        return this;
    }

    public ProcessEncoder vtid(int value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.VTID, value);
        return this;
    }

    public ProcessEncoder pgid(int value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.PGID, value);
        return this;
    }

    public ProcessEncoder vpgid(int value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.VPGID, value);
        return this;
    }

    public ProcessEncoder sid(int value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.SID, value);
        return this;
    }

    public ProcessEncoder vsid(int value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.VSID, value);
        return this;
    }

    public ProcessEncoder tty(long value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.TTY, (int) value);
        return this;
    }

    public ProcessEncoder nsMnt(long value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.NS_MNT, (int) value);
        return this;
    }

    public ProcessEncoder nsPid(long value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.NS_PID, (int) value);
        return this;
    }

    public ProcessEncoder nsNet(long value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.NS_NET, (int) value);
        return this;
    }

    public ProcessEncoder nsUser(long value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.NS_USER, (int) value);
        return this;
    }

    public ProcessEncoder nsUts(long value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.NS_UTS, (int) value);
        return this;
    }

    public ProcessEncoder nsIpc(long value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.NS_IPC, (int) value);
        return this;
    }

    public ProcessEncoder nsCgroup(long value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.NS_CGROUP, (int) value);
        return this;
    }

    public ProcessEncoder exeDev(long value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.EXE_DEV, (int) value);
        return this;
    }

    public ProcessEncoder exeMode(int value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.EXE_MODE, value);
        return this;
    }

    public ProcessEncoder exeFlags(int value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.EXE_FLAGS, value);
        return this;
    }

    public ProcessEncoder threads(int value) {
        Memory.putInt32(buffer, offset + ProcessDecoder.THREADS, value);
        return this;
    }

    public ProcessEncoder nr(int value) {
        Memory.putInt16(buffer, offset + ProcessDecoder.NR, value);
        return this;
    }

    public ProcessEncoder exe(byte[] value) {
        return string(0, ProcessDecoder.EXE_LEN, value);
    }

    public ProcessEncoder exe(String value) {
        return exe(Memory.utf8(value));
    }

    public ProcessEncoder cwd(byte[] value) {
        return string(1, ProcessDecoder.CWD_LEN, value);
    }

    public ProcessEncoder cwd(String value) {
        return cwd(Memory.utf8(value));
    }

    public ProcessEncoder filename(byte[] value) {
        return string(2, ProcessDecoder.FILENAME_LEN, value);
    }

    public ProcessEncoder filename(String value) {
        return filename(Memory.utf8(value));
    }

    public ProcessEncoder cgroup(byte[] value) {
        return string(3, ProcessDecoder.CGROUP_LEN, value);
    }

    public ProcessEncoder cgroup(String value) {
        return cgroup(Memory.utf8(value));
    }

    public ProcessEncoder argv(byte[] value) {
        return string(4, ProcessDecoder.ARGV_LEN, value);
    }

    public ProcessEncoder argv(String value) {
        return argv(Memory.utf8(value));
    }

    public ProcessEncoder env(byte[] value) {
        return string(5, ProcessDecoder.ENV_LEN, value);
    }

    public ProcessEncoder env(String value) {
        return env(Memory.utf8(value));
    }
}
