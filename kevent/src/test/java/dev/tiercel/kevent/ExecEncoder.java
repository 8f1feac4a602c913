package dev.tiercel.kevent;

/// Writes `struct kevent_process`, an exec unless [#snapshot] is called: what [ProcessDecoder] reads.
public final class ExecEncoder extends HeaderEncoder<ExecEncoder> {
    public ExecEncoder() {
        super(KeventType.EXEC, ProcessDecoder.SIZE);
    }

    @Override
    ExecEncoder self() {
        return this;
    }

    /// Makes the record one of the start-up snapshot.
    public ExecEncoder snapshot() {
        type(KeventType.PROCESS);
        return this;
    }

    public ExecEncoder parentStart(long value) {
        LittleEndian.putInt64(buffer, offset + ProcessDecoder.PARENT_START, value);
        return this;
    }

    public ExecEncoder capPermitted(long value) {
        LittleEndian.putInt64(buffer, offset + ProcessDecoder.CAP_PERMITTED, value);
        return this;
    }

    public ExecEncoder capEffective(long value) {
        LittleEndian.putInt64(buffer, offset + ProcessDecoder.CAP_EFFECTIVE, value);
        return this;
    }

    public ExecEncoder capInheritable(long value) {
        LittleEndian.putInt64(buffer, offset + ProcessDecoder.CAP_INHERITABLE, value);
        return this;
    }

    public ExecEncoder exeIno(long value) {
        LittleEndian.putInt64(buffer, offset + ProcessDecoder.EXE_INO, value);
        return this;
    }

    public ExecEncoder exeCtime(long value) {
        LittleEndian.putInt64(buffer, offset + ProcessDecoder.EXE_CTIME, value);
        return this;
    }

    public ExecEncoder exeMtime(long value) {
        LittleEndian.putInt64(buffer, offset + ProcessDecoder.EXE_MTIME, value);
        return this;
    }

    public ExecEncoder pidnsStart(long value) {
        LittleEndian.putInt64(buffer, offset + ProcessDecoder.PIDNS_START, value);
        return this;
    }

    public ExecEncoder ppid(int value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.PPID, value);
        return this;
    }

    public ExecEncoder ruid(long value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.RUID, (int) value);
        return this;
    }

    public ExecEncoder euid(long value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.EUID, (int) value);
        return this;
    }

    public ExecEncoder suid(long value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.SUID, (int) value);
        return this;
    }

    public ExecEncoder rgid(long value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.RGID, (int) value);
        return this;
    }

    public ExecEncoder egid(long value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.EGID, (int) value);
        return this;
    }

    public ExecEncoder sgid(long value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.SGID, (int) value);
        return this;
    }

    public ExecEncoder loginuid(long value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.LOGINUID, (int) value);
        return this;
    }

    public ExecEncoder vpid(int value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.VPID, value);
        return this;
    }

    public ExecEncoder vtid(int value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.VTID, value);
        return this;
    }

    public ExecEncoder pgid(int value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.PGID, value);
        return this;
    }

    public ExecEncoder vpgid(int value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.VPGID, value);
        return this;
    }

    public ExecEncoder sid(int value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.SID, value);
        return this;
    }

    public ExecEncoder vsid(int value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.VSID, value);
        return this;
    }

    public ExecEncoder tty(long value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.TTY, (int) value);
        return this;
    }

    public ExecEncoder nsMnt(long value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.NS_MNT, (int) value);
        return this;
    }

    public ExecEncoder nsPid(long value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.NS_PID, (int) value);
        return this;
    }

    public ExecEncoder nsNet(long value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.NS_NET, (int) value);
        return this;
    }

    public ExecEncoder nsUser(long value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.NS_USER, (int) value);
        return this;
    }

    public ExecEncoder nsUts(long value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.NS_UTS, (int) value);
        return this;
    }

    public ExecEncoder nsIpc(long value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.NS_IPC, (int) value);
        return this;
    }

    public ExecEncoder nsCgroup(long value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.NS_CGROUP, (int) value);
        return this;
    }

    public ExecEncoder exeDev(long value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.EXE_DEV, (int) value);
        return this;
    }

    public ExecEncoder exeMode(int value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.EXE_MODE, value);
        return this;
    }

    public ExecEncoder exeFlags(int value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.EXE_FLAGS, value);
        return this;
    }

    public ExecEncoder threads(int value) {
        LittleEndian.putInt32(buffer, offset + ProcessDecoder.THREADS, value);
        return this;
    }

    public ExecEncoder nr(int value) {
        LittleEndian.putInt16(buffer, offset + ProcessDecoder.NR, value);
        return this;
    }

    public ExecEncoder exe(byte[] value) {
        return string(0, ProcessDecoder.EXE_LEN, value);
    }

    public ExecEncoder exe(String value) {
        return exe(utf8(value));
    }

    public ExecEncoder cwd(byte[] value) {
        return string(1, ProcessDecoder.CWD_LEN, value);
    }

    public ExecEncoder cwd(String value) {
        return cwd(utf8(value));
    }

    public ExecEncoder filename(byte[] value) {
        return string(2, ProcessDecoder.FILENAME_LEN, value);
    }

    public ExecEncoder filename(String value) {
        return filename(utf8(value));
    }

    public ExecEncoder cgroup(byte[] value) {
        return string(3, ProcessDecoder.CGROUP_LEN, value);
    }

    public ExecEncoder cgroup(String value) {
        return cgroup(utf8(value));
    }

    public ExecEncoder argv(byte[] value) {
        return string(4, ProcessDecoder.ARGV_LEN, value);
    }

    public ExecEncoder argv(String value) {
        return argv(utf8(value));
    }

    public ExecEncoder env(byte[] value) {
        return string(5, ProcessDecoder.ENV_LEN, value);
    }

    public ExecEncoder env(String value) {
        return env(utf8(value));
    }
}
