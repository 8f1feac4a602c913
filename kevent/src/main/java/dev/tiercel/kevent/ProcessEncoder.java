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

    /// Sets a number by its name in C.
    public ProcessEncoder number(String name, long value) {
        ProcessField field = ProcessDecoder.field(name);
        int at = offset + field.offset();
        switch (field.size()) {
            case Long.BYTES -> Memory.putInt64(buffer, at, value);
            case Integer.BYTES -> Memory.putInt32(buffer, at, (int) value);
            default -> Memory.putInt16(buffer, at, (int) value);
        }
        return this;
    }

    /// Sets a string by its name in C, without `_len`.
    public ProcessEncoder string(String name, byte[] value) {
        int length = ProcessDecoder.field(name).offset();
        return string((length - ProcessDecoder.FIRST_LEN) / Short.BYTES, length, value);
    }

    public ProcessEncoder parentStart(long value) {
        return number("parent_start", value);
    }

    public ProcessEncoder capPermitted(long value) {
        return number("cap_permitted", value);
    }

    public ProcessEncoder capEffective(long value) {
        return number("cap_effective", value);
    }

    public ProcessEncoder capInheritable(long value) {
        return number("cap_inheritable", value);
    }

    public ProcessEncoder exeIno(long value) {
        return number("exe_ino", value);
    }

    public ProcessEncoder exeCtime(long value) {
        return number("exe_ctime", value);
    }

    public ProcessEncoder exeMtime(long value) {
        return number("exe_mtime", value);
    }

    public ProcessEncoder pidnsStart(long value) {
        return number("pidns_start", value);
    }

    public ProcessEncoder ppid(int value) {
        return number("ppid", value);
    }

    public ProcessEncoder ruid(long value) {
        return number("ruid", value);
    }

    public ProcessEncoder euid(long value) {
        return number("euid", value);
    }

    public ProcessEncoder suid(long value) {
        return number("suid", value);
    }

    public ProcessEncoder rgid(long value) {
        return number("rgid", value);
    }

    public ProcessEncoder egid(long value) {
        return number("egid", value);
    }

    public ProcessEncoder sgid(long value) {
        return number("sgid", value);
    }

    public ProcessEncoder loginuid(long value) {
        return number("loginuid", value);
    }

    public ProcessEncoder vpid(int value) {
        return number("vpid", value);
    }

    public ProcessEncoder vtid(int value) {
        return number("vtid", value);
    }

    public ProcessEncoder pgid(int value) {
        return number("pgid", value);
    }

    public ProcessEncoder vpgid(int value) {
        return number("vpgid", value);
    }

    public ProcessEncoder sid(int value) {
        return number("sid", value);
    }

    public ProcessEncoder vsid(int value) {
        return number("vsid", value);
    }

    public ProcessEncoder tty(long value) {
        return number("tty", value);
    }

    public ProcessEncoder nsMnt(long value) {
        return number("ns_mnt", value);
    }

    public ProcessEncoder nsPid(long value) {
        return number("ns_pid", value);
    }

    public ProcessEncoder nsNet(long value) {
        return number("ns_net", value);
    }

    public ProcessEncoder nsUser(long value) {
        return number("ns_user", value);
    }

    public ProcessEncoder nsUts(long value) {
        return number("ns_uts", value);
    }

    public ProcessEncoder nsIpc(long value) {
        return number("ns_ipc", value);
    }

    public ProcessEncoder nsCgroup(long value) {
        return number("ns_cgroup", value);
    }

    public ProcessEncoder exeDev(long value) {
        return number("exe_dev", value);
    }

    public ProcessEncoder exeMode(int value) {
        return number("exe_mode", value);
    }

    public ProcessEncoder exeFlags(int value) {
        return number("exe_flags", value);
    }

    public ProcessEncoder threads(int value) {
        return number("threads", value);
    }

    public ProcessEncoder nr(int value) {
        return number("nr", value);
    }

    public ProcessEncoder exe(byte[] value) {
        return string("exe", value);
    }

    public ProcessEncoder exe(String value) {
        return exe(Memory.utf8(value));
    }

    public ProcessEncoder cwd(byte[] value) {
        return string("cwd", value);
    }

    public ProcessEncoder cwd(String value) {
        return cwd(Memory.utf8(value));
    }

    public ProcessEncoder filename(byte[] value) {
        return string("filename", value);
    }

    public ProcessEncoder filename(String value) {
        return filename(Memory.utf8(value));
    }

    public ProcessEncoder cgroup(byte[] value) {
        return string("cgroup", value);
    }

    public ProcessEncoder cgroup(String value) {
        return cgroup(Memory.utf8(value));
    }

    public ProcessEncoder argv(byte[] value) {
        return string("argv", value);
    }

    public ProcessEncoder argv(String value) {
        return argv(Memory.utf8(value));
    }

    public ProcessEncoder env(byte[] value) {
        return string("env", value);
    }

    public ProcessEncoder env(String value) {
        return env(Memory.utf8(value));
    }
}
