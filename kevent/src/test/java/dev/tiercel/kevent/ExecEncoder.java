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

    /// Sets a number by its name in C.
    public ExecEncoder number(String name, long value) {
        ProcessField field = ProcessDecoder.field(name);
        int at = offset + field.offset();
        switch (field.size()) {
            case Long.BYTES -> LittleEndian.putInt64(buffer, at, value);
            case Integer.BYTES -> LittleEndian.putInt32(buffer, at, (int) value);
            default -> LittleEndian.putInt16(buffer, at, (int) value);
        }
        return this;
    }

    /// Sets a string by its name in C, without `_len`.
    public ExecEncoder string(String name, byte[] value) {
        int length = ProcessDecoder.field(name).offset();
        return string((length - ProcessDecoder.FIRST_LEN) / Short.BYTES, length, value);
    }

    public ExecEncoder parentStart(long value) {
        return number("parent_start", value);
    }

    public ExecEncoder capPermitted(long value) {
        return number("cap_permitted", value);
    }

    public ExecEncoder capEffective(long value) {
        return number("cap_effective", value);
    }

    public ExecEncoder capInheritable(long value) {
        return number("cap_inheritable", value);
    }

    public ExecEncoder exeIno(long value) {
        return number("exe_ino", value);
    }

    public ExecEncoder exeCtime(long value) {
        return number("exe_ctime", value);
    }

    public ExecEncoder exeMtime(long value) {
        return number("exe_mtime", value);
    }

    public ExecEncoder pidnsStart(long value) {
        return number("pidns_start", value);
    }

    public ExecEncoder ppid(int value) {
        return number("ppid", value);
    }

    public ExecEncoder ruid(long value) {
        return number("ruid", value);
    }

    public ExecEncoder euid(long value) {
        return number("euid", value);
    }

    public ExecEncoder suid(long value) {
        return number("suid", value);
    }

    public ExecEncoder rgid(long value) {
        return number("rgid", value);
    }

    public ExecEncoder egid(long value) {
        return number("egid", value);
    }

    public ExecEncoder sgid(long value) {
        return number("sgid", value);
    }

    public ExecEncoder loginuid(long value) {
        return number("loginuid", value);
    }

    public ExecEncoder vpid(int value) {
        return number("vpid", value);
    }

    public ExecEncoder vtid(int value) {
        return number("vtid", value);
    }

    public ExecEncoder pgid(int value) {
        return number("pgid", value);
    }

    public ExecEncoder vpgid(int value) {
        return number("vpgid", value);
    }

    public ExecEncoder sid(int value) {
        return number("sid", value);
    }

    public ExecEncoder vsid(int value) {
        return number("vsid", value);
    }

    public ExecEncoder tty(long value) {
        return number("tty", value);
    }

    public ExecEncoder nsMnt(long value) {
        return number("ns_mnt", value);
    }

    public ExecEncoder nsPid(long value) {
        return number("ns_pid", value);
    }

    public ExecEncoder nsNet(long value) {
        return number("ns_net", value);
    }

    public ExecEncoder nsUser(long value) {
        return number("ns_user", value);
    }

    public ExecEncoder nsUts(long value) {
        return number("ns_uts", value);
    }

    public ExecEncoder nsIpc(long value) {
        return number("ns_ipc", value);
    }

    public ExecEncoder nsCgroup(long value) {
        return number("ns_cgroup", value);
    }

    public ExecEncoder exeDev(long value) {
        return number("exe_dev", value);
    }

    public ExecEncoder exeMode(int value) {
        return number("exe_mode", value);
    }

    public ExecEncoder exeFlags(int value) {
        return number("exe_flags", value);
    }

    public ExecEncoder threads(int value) {
        return number("threads", value);
    }

    public ExecEncoder nr(int value) {
        return number("nr", value);
    }

    public ExecEncoder exe(byte[] value) {
        return string("exe", value);
    }

    public ExecEncoder exe(String value) {
        return exe(utf8(value));
    }

    public ExecEncoder cwd(byte[] value) {
        return string("cwd", value);
    }

    public ExecEncoder cwd(String value) {
        return cwd(utf8(value));
    }

    public ExecEncoder filename(byte[] value) {
        return string("filename", value);
    }

    public ExecEncoder filename(String value) {
        return filename(utf8(value));
    }

    public ExecEncoder cgroup(byte[] value) {
        return string("cgroup", value);
    }

    public ExecEncoder cgroup(String value) {
        return cgroup(utf8(value));
    }

    public ExecEncoder argv(byte[] value) {
        return string("argv", value);
    }

    public ExecEncoder argv(String value) {
        return argv(utf8(value));
    }

    public ExecEncoder env(byte[] value) {
        return string("env", value);
    }

    public ExecEncoder env(String value) {
        return env(utf8(value));
    }
}
