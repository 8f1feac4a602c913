package dev.tiercel.kevent;

/// The whole state of a process, in `KEVENT_EXEC` and `KEVENT_PROCESS`: `struct kevent_process` of
/// `probe-c/include/kevent.h`, read in place and valid until the handler returns. The first 64 bytes are the header,
/// whose accessors this type inherits.
/// ```
///  64             72              80              88                96        104         112
///  | parent_start | cap_permitted | cap_effective | cap_inheritable | exe_ino | exe_ctime |
///  112         120           128    132    136    140    144    148    152    156        160    164
///  | exe_mtime | pidns_start | ppid | ruid | euid | suid | rgid | egid | sgid | loginuid | vpid |
///  164    168    172     176   180    184   188      192      196      200       204      208      212
///  | vtid | pgid | vpgid | sid | vsid | tty | ns_mnt | ns_pid | ns_net | ns_user | ns_uts | ns_ipc |
///  212         216       220        224         228       232  234       236       238            240
///  | ns_cgroup | exe_dev | exe_mode | exe_flags | threads | nr | exe_len | cwd_len | filename_len |
///  240          242        244       246    248
///  | cgroup_len | argv_len | env_len | _pad |
/// ```
/// Then the strings, back to back: exe, cwd, filename, cgroup, argv, env.
public final class ProcessDecoder extends HeaderDecoder {
    static final int PARENT_START = 64;
    static final int CAP_PERMITTED = 72;
    static final int CAP_EFFECTIVE = 80;
    static final int CAP_INHERITABLE = 88;
    static final int EXE_INO = 96;
    static final int EXE_CTIME = 104;
    static final int EXE_MTIME = 112;
    static final int PIDNS_START = 120;
    static final int PPID = 128;
    static final int RUID = 132;
    static final int EUID = 136;
    static final int SUID = 140;
    static final int RGID = 144;
    static final int EGID = 148;
    static final int SGID = 152;
    static final int LOGINUID = 156;
    static final int VPID = 160;
    static final int VTID = 164;
    static final int PGID = 168;
    static final int VPGID = 172;
    static final int SID = 176;
    static final int VSID = 180;
    static final int TTY = 184;
    static final int NS_MNT = 188;
    static final int NS_PID = 192;
    static final int NS_NET = 196;
    static final int NS_USER = 200;
    static final int NS_UTS = 204;
    static final int NS_IPC = 208;
    static final int NS_CGROUP = 212;
    static final int EXE_DEV = 216;
    static final int EXE_MODE = 220;
    static final int EXE_FLAGS = 224;
    static final int THREADS = 228;
    static final int NR = 232;
    static final int EXE_LEN = 234;
    static final int CWD_LEN = 236;
    static final int FILENAME_LEN = 238;
    static final int CGROUP_LEN = 240;
    static final int ARGV_LEN = 242;
    static final int ENV_LEN = 244;
    /// Bytes of the struct, without the strings.
    static final int SIZE = 248;

    /// When the parent's thread group leader started, nanoseconds since boot; 0 without a parent.
    public long parentStart() {
        return LittleEndian.int64(buffer, offset + PARENT_START);
    }

    public long capPermitted() {
        return LittleEndian.int64(buffer, offset + CAP_PERMITTED);
    }

    public long capEffective() {
        return LittleEndian.int64(buffer, offset + CAP_EFFECTIVE);
    }

    public long capInheritable() {
        return LittleEndian.int64(buffer, offset + CAP_INHERITABLE);
    }

    public long exeIno() {
        return LittleEndian.int64(buffer, offset + EXE_INO);
    }

    /// Nanoseconds since the epoch.
    public long exeCtime() {
        return LittleEndian.int64(buffer, offset + EXE_CTIME);
    }

    /// Nanoseconds since the epoch.
    public long exeMtime() {
        return LittleEndian.int64(buffer, offset + EXE_MTIME);
    }

    /// When the pid namespace's first process started, nanoseconds since boot; 0 if unknown.
    public long pidnsStart() {
        return LittleEndian.int64(buffer, offset + PIDNS_START);
    }

    /// Thread group id of the real parent; 0 without a parent.
    public int ppid() {
        return LittleEndian.int32(buffer, offset + PPID);
    }

    public long ruid() {
        return LittleEndian.unsigned32(buffer, offset + RUID);
    }

    public long euid() {
        return LittleEndian.unsigned32(buffer, offset + EUID);
    }

    public long suid() {
        return LittleEndian.unsigned32(buffer, offset + SUID);
    }

    public long rgid() {
        return LittleEndian.unsigned32(buffer, offset + RGID);
    }

    public long egid() {
        return LittleEndian.unsigned32(buffer, offset + EGID);
    }

    public long sgid() {
        return LittleEndian.unsigned32(buffer, offset + SGID);
    }

    /// `0xffffffff` if not set.
    public long loginuid() {
        return LittleEndian.unsigned32(buffer, offset + LOGINUID);
    }

    /// The pid in the process's own pid namespace.
    public int vpid() {
        return LittleEndian.int32(buffer, offset + VPID);
    }

    public int vtid() {
        return LittleEndian.int32(buffer, offset + VTID);
    }

    public int pgid() {
        return LittleEndian.int32(buffer, offset + PGID);
    }

    public int vpgid() {
        return LittleEndian.int32(buffer, offset + VPGID);
    }

    public int sid() {
        return LittleEndian.int32(buffer, offset + SID);
    }

    public int vsid() {
        return LittleEndian.int32(buffer, offset + VSID);
    }

    /// Device number as in the kernel's `dev_t`, `major << 20 | minor`; 0 if there is none.
    public long tty() {
        return LittleEndian.unsigned32(buffer, offset + TTY);
    }

    public long nsMnt() {
        return LittleEndian.unsigned32(buffer, offset + NS_MNT);
    }

    public long nsPid() {
        return LittleEndian.unsigned32(buffer, offset + NS_PID);
    }

    public long nsNet() {
        return LittleEndian.unsigned32(buffer, offset + NS_NET);
    }

    public long nsUser() {
        return LittleEndian.unsigned32(buffer, offset + NS_USER);
    }

    public long nsUts() {
        return LittleEndian.unsigned32(buffer, offset + NS_UTS);
    }

    public long nsIpc() {
        return LittleEndian.unsigned32(buffer, offset + NS_IPC);
    }

    public long nsCgroup() {
        return LittleEndian.unsigned32(buffer, offset + NS_CGROUP);
    }

    public long exeDev() {
        return LittleEndian.unsigned32(buffer, offset + EXE_DEV);
    }

    /// `i_mode`.
    public int exeMode() {
        return LittleEndian.int32(buffer, offset + EXE_MODE);
    }

    /// Bits `KEVENT_EXE_*`.
    public int exeFlags() {
        return LittleEndian.int32(buffer, offset + EXE_FLAGS);
    }

    /// Threads in the thread group.
    public int threads() {
        return LittleEndian.int32(buffer, offset + THREADS);
    }

    /// Number of execve or execveat; 0 in a snapshot.
    public int nr() {
        return LittleEndian.unsigned16(buffer, offset + NR);
    }

    public int exeOffset() {
        return offset + SIZE;
    }

    public int exeLength() {
        return LittleEndian.unsigned16(buffer, offset + EXE_LEN);
    }

    public byte[] exeBytes() {
        return LittleEndian.bytes(buffer, exeOffset(), exeLength());
    }

    public int cwdOffset() {
        return exeOffset() + exeLength();
    }

    public int cwdLength() {
        return LittleEndian.unsigned16(buffer, offset + CWD_LEN);
    }

    public byte[] cwdBytes() {
        return LittleEndian.bytes(buffer, cwdOffset(), cwdLength());
    }

    public int filenameOffset() {
        return cwdOffset() + cwdLength();
    }

    public int filenameLength() {
        return LittleEndian.unsigned16(buffer, offset + FILENAME_LEN);
    }

    byte[] filenameBytes() {
        return LittleEndian.bytes(buffer, filenameOffset(), filenameLength());
    }

    public int cgroupOffset() {
        return filenameOffset() + filenameLength();
    }

    public int cgroupLength() {
        return LittleEndian.unsigned16(buffer, offset + CGROUP_LEN);
    }

    byte[] cgroupBytes() {
        return LittleEndian.bytes(buffer, cgroupOffset(), cgroupLength());
    }

    public String cgroupAsString() {
        return LittleEndian.string(buffer, cgroupOffset(), cgroupLength());
    }

    public int argvOffset() {
        return cgroupOffset() + cgroupLength();
    }

    public int argvLength() {
        return LittleEndian.unsigned16(buffer, offset + ARGV_LEN);
    }

    public byte[] argvBytes() {
        return LittleEndian.bytes(buffer, argvOffset(), argvLength());
    }

    public int envOffset() {
        return argvOffset() + argvLength();
    }

    public int envLength() {
        return LittleEndian.unsigned16(buffer, offset + ENV_LEN);
    }

    public byte[] envBytes() {
        return LittleEndian.bytes(buffer, envOffset(), envLength());
    }
}
