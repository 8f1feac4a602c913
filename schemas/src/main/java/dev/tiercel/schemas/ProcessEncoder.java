package dev.tiercel.schemas;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Encodes what is known of a process, once; [BatchWriter#addProcess] copies the result into every batch that needs it.
///
/// Setters are named as the fields of Process and return the encoder; what is not set is unknown. Not thread safe;
/// reusable: values stay set.
public final class ProcessEncoder {

    private static final long[] NO_NAMESPACES = {};

    private final AvroOutput out = new AvroOutput(1024);
    private long pid;
    private long startTime;
    private String name = "";
    private String exe = "";
    private String exePath = "";
    private List<String> arguments = List.of();
    private List<String> environment = List.of();
    private String cwd = "";
    private String cgroup = "";
    private long uid;
    private @Nullable String user;
    private long gid;
    private @Nullable String group;
    private long loginUid = -1;
    private @Nullable String loginUser;
    private long tty;
    private long sid;
    private long pgid;
    private long vpgid;
    private long vpid;
    private long capPermitted;
    private long capEffective;
    private long capInheritable;
    private long exeInode;
    private long exeChangeTime;
    private long exeModifyTime;
    private int exeFlags;
    private long pidNamespaceStart;
    private long[] namespaces = NO_NAMESPACES;

    /// An encoder of a process of which nothing is known.
    public ProcessEncoder() {}

    /// Thread group id in the initial pid namespace.
    public ProcessEncoder pid(long pid) {
        this.pid = pid;
        return this;
    }

    /// Nanoseconds since the epoch.
    public ProcessEncoder startTime(long startTime) {
        this.startTime = startTime;
        return this;
    }

    /// comm.
    public ProcessEncoder name(String name) {
        this.name = name;
        return this;
    }

    /// argv[0].
    public ProcessEncoder exe(String exe) {
        this.exe = exe;
        return this;
    }

    /// Absolute path; empty: unknown.
    public ProcessEncoder exePath(String exePath) {
        this.exePath = exePath;
        return this;
    }

    /// argv without argv[0].
    public ProcessEncoder arguments(List<String> arguments) {
        this.arguments = List.copyOf(arguments);
        return this;
    }

    /// NAME=value.
    public ProcessEncoder environment(List<String> environment) {
        this.environment = List.copyOf(environment);
        return this;
    }

    /// Ends in /; empty: unknown.
    public ProcessEncoder cwd(String cwd) {
        this.cwd = cwd;
        return this;
    }

    /// Empty: unknown.
    public ProcessEncoder cgroup(String cgroup) {
        this.cgroup = cgroup;
        return this;
    }

    /// Effective.
    public ProcessEncoder uid(long uid) {
        this.uid = uid;
        return this;
    }

    /// null: no such user known.
    public ProcessEncoder user(@Nullable String user) {
        this.user = user;
        return this;
    }

    /// Effective.
    public ProcessEncoder gid(long gid) {
        this.gid = gid;
        return this;
    }

    /// null: no such group known.
    public ProcessEncoder group(@Nullable String group) {
        this.group = group;
        return this;
    }

    /// -1: not set.
    public ProcessEncoder loginUid(long loginUid) {
        this.loginUid = loginUid;
        return this;
    }

    /// null: not set or not known.
    public ProcessEncoder loginUser(@Nullable String loginUser) {
        this.loginUser = loginUser;
        return this;
    }

    /// Device number; 0: none.
    public ProcessEncoder tty(long tty) {
        this.tty = tty;
        return this;
    }

    /// In the process's pid namespace.
    public ProcessEncoder sid(long sid) {
        this.sid = sid;
        return this;
    }

    /// Process group id.
    public ProcessEncoder pgid(long pgid) {
        this.pgid = pgid;
        return this;
    }

    /// In the process's pid namespace.
    public ProcessEncoder vpgid(long vpgid) {
        this.vpgid = vpgid;
        return this;
    }

    /// In its own pid namespace.
    public ProcessEncoder vpid(long vpid) {
        this.vpid = vpid;
        return this;
    }

    /// Bit n = capability n.
    public ProcessEncoder capPermitted(long capPermitted) {
        this.capPermitted = capPermitted;
        return this;
    }

    /// Bit n = capability n.
    public ProcessEncoder capEffective(long capEffective) {
        this.capEffective = capEffective;
        return this;
    }

    /// Bit n = capability n.
    public ProcessEncoder capInheritable(long capInheritable) {
        this.capInheritable = capInheritable;
        return this;
    }

    /// Inode of the executable.
    public ProcessEncoder exeInode(long exeInode) {
        this.exeInode = exeInode;
        return this;
    }

    /// ctime of the executable, nanoseconds since the epoch.
    public ProcessEncoder exeChangeTime(long exeChangeTime) {
        this.exeChangeTime = exeChangeTime;
        return this;
    }

    /// mtime of the executable, nanoseconds since the epoch.
    public ProcessEncoder exeModifyTime(long exeModifyTime) {
        this.exeModifyTime = exeModifyTime;
        return this;
    }

    /// 1 writable by the process, 2 upper layer, 4 memfd, 8 lower layer, 16 deleted.
    public ProcessEncoder exeFlags(int exeFlags) {
        this.exeFlags = exeFlags;
        return this;
    }

    /// Nanoseconds since the epoch; 0: unknown.
    public ProcessEncoder pidNamespaceStart(long pidNamespaceStart) {
        this.pidNamespaceStart = pidNamespaceStart;
        return this;
    }

    /// Inode numbers: mnt, pid, net, user, uts, ipc, cgroup.
    public ProcessEncoder namespaces(long[] namespaces) {
        this.namespaces = namespaces.clone();
        return this;
    }

    /// The process without its four indices, as [BatchWriter#addProcess] takes it.
    public byte[] encode() {
        out.clear();
        out.writeLong(pid);
        out.writeLong(startTime);
        out.writeString(name);
        out.writeString(exe);
        out.writeString(exePath);
        out.writeStrings(arguments);
        out.writeStrings(environment);
        out.writeString(cwd);
        out.writeString(cgroup);
        out.writeLong(uid);
        out.writeOptional(user);
        out.writeLong(gid);
        out.writeOptional(group);
        out.writeLong(loginUid);
        out.writeOptional(loginUser);
        out.writeLong(tty);
        out.writeLong(sid);
        out.writeLong(pgid);
        out.writeLong(vpgid);
        out.writeLong(vpid);
        out.writeLong(capPermitted);
        out.writeLong(capEffective);
        out.writeLong(capInheritable);
        out.writeLong(exeInode);
        out.writeLong(exeChangeTime);
        out.writeLong(exeModifyTime);
        out.writeLong(exeFlags);
        out.writeLong(pidNamespaceStart);
        out.writeLongs(namespaces);
        return out.toByteArray();
    }
}
