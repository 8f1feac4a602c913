package dev.tiercel.schemas;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A process of the batch that a [BatchCursor] is on; accessors are named as the fields of Process.
///
/// Numbers are read when the view is first asked for, strings when they are, each once per batch. Valid until the
/// cursor is wrapped around the next record. Every accessor of a string may throw [BadRecordException].
public final class ProcessView {

    private final TextCache texts;
    private final AvroInput in;
    private final TextBuffer scratch;
    private int index;
    private int parent;
    private int sessionLeader;
    private int groupLeader;
    private int container;
    private long pid;
    private long startTime;
    private int nameAt;
    private @Nullable String name;
    private int exeAt;
    private @Nullable String exe;
    private int exePathAt;
    private @Nullable String exePath;
    private int argumentsAt;
    private @Nullable List<String> arguments;
    private @Nullable String joinedArguments;
    private @Nullable String commandLine;
    private int environmentAt;
    private @Nullable List<String> environment;
    private int cwdAt;
    private @Nullable String cwd;
    private int cgroupAt;
    private @Nullable String cgroup;
    private long uid;
    private int userAt;
    private @Nullable String user;
    private long gid;
    private int groupAt;
    private @Nullable String group;
    private long loginUid;
    private int loginUserAt;
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
    private int namespacesAt;
    private long @Nullable [] namespaces;

    /// @param scratch for putting texts together
    ProcessView(TextCache texts, TextBuffer scratch) {
        this.texts = texts;
        this.scratch = scratch;
        this.in = new AvroInput(texts);
    }

    /// Reads the process at `offset`; indices are checked against the sizes of the batch's arrays.
    void wrap(byte[] record, int offset, int index, int processCount, int containerCount) {
        in.wrap(record, offset, record.length);
        this.index = index;
        parent = in.readIndex(processCount);
        sessionLeader = in.readIndex(processCount);
        groupLeader = in.readIndex(processCount);
        container = in.readIndex(containerCount);
        readIdentity();
        readIds();
        readRights();
    }

    private void readIdentity() {
        pid = in.readLong();
        startTime = in.readLong();
        nameAt = in.skipString();
        name = null;
        exeAt = in.skipString();
        exe = null;
        exePathAt = in.skipString();
        exePath = null;
        argumentsAt = in.skipStrings();
        arguments = null;
        joinedArguments = null;
        commandLine = null;
        environmentAt = in.skipStrings();
        environment = null;
        cwdAt = in.skipString();
        cwd = null;
        cgroupAt = in.skipString();
        cgroup = null;
    }

    private void readIds() {
        uid = in.readLong();
        userAt = in.skipOptionalString();
        user = null;
        gid = in.readLong();
        groupAt = in.skipOptionalString();
        group = null;
        loginUid = in.readLong();
        loginUserAt = in.skipOptionalString();
        loginUser = null;
        tty = in.readLong();
        sid = in.readLong();
        pgid = in.readLong();
        vpgid = in.readLong();
        vpid = in.readLong();
    }

    private void readRights() {
        capPermitted = in.readLong();
        capEffective = in.readLong();
        capInheritable = in.readLong();
        exeInode = in.readLong();
        exeChangeTime = in.readLong();
        exeModifyTime = in.readLong();
        exeFlags = in.readInt();
        pidNamespaceStart = in.readLong();
        namespacesAt = in.skipLongs();
        namespaces = null;
    }

    /// Skips a process that nobody asked for.
    static void skip(AvroInput in) {
        skipNumbers(in, 6);
        in.skipString();
        in.skipString();
        in.skipString();
        in.skipStrings();
        in.skipStrings();
        in.skipString();
        in.skipString();
        in.readLong();
        in.skipOptionalString();
        in.readLong();
        in.skipOptionalString();
        in.readLong();
        in.skipOptionalString();
        skipNumbers(in, 13);
        in.skipLongs();
    }

    private static void skipNumbers(AvroInput in, int count) {
        for (int i = 0; i < count; i++) {
            in.readLong();
        }
    }

    /// Its index in the batch.
    public int index() {
        return index;
    }

    /// Index of the parent; -1: none or unknown.
    public int parent() {
        return parent;
    }

    /// Index of the session leader; -1: gone or unknown.
    public int sessionLeader() {
        return sessionLeader;
    }

    /// Index of the process group leader; -1: gone or unknown.
    public int groupLeader() {
        return groupLeader;
    }

    /// Index of the container; -1: the host.
    public int container() {
        return container;
    }

    /// Thread group id in the initial pid namespace.
    public long pid() {
        return pid;
    }

    /// Nanoseconds since the epoch.
    public long startTime() {
        return startTime;
    }

    /// comm.
    public String name() {
        String value = name;
        if (value == null) {
            value = in.stringAt(nameAt);
            name = value;
        }
        return value;
    }

    /// argv[0].
    public String exe() {
        String value = exe;
        if (value == null) {
            value = in.stringAt(exeAt);
            exe = value;
        }
        return value;
    }

    /// Absolute path; empty: unknown.
    public String exePath() {
        String value = exePath;
        if (value == null) {
            value = in.stringAt(exePathAt);
            exePath = value;
        }
        return value;
    }

    /// argv without argv[0].
    public List<String> arguments() {
        List<String> value = arguments;
        if (value == null) {
            value = in.stringsAt(argumentsAt);
            arguments = value;
        }
        return value;
    }

    /// [#arguments], with blanks between them.
    public String joinedArguments() {
        String value = joinedArguments;
        if (value == null) {
            in.joinAt(argumentsAt, scratch.clear());
            value = scratch.text(texts);
            joinedArguments = value;
        }
        return value;
    }

    /// Name and, if there are any, arguments, with blanks between them.
    public String commandLine() {
        String value = commandLine;
        if (value == null) {
            in.appendAt(nameAt, scratch.clear());
            int ofName = scratch.length();
            in.joinAt(argumentsAt, scratch.append((byte) ' '));
            value = in.isEmptyAt(argumentsAt) ? scratch.text(texts, ofName) : scratch.text(texts);
            commandLine = value;
        }
        return value;
    }

    /// NAME=value.
    public List<String> environment() {
        List<String> value = environment;
        if (value == null) {
            value = in.stringsAt(environmentAt);
            environment = value;
        }
        return value;
    }

    /// Ends in /; empty: unknown.
    public String cwd() {
        String value = cwd;
        if (value == null) {
            value = in.stringAt(cwdAt);
            cwd = value;
        }
        return value;
    }

    /// Empty: unknown.
    public String cgroup() {
        String value = cgroup;
        if (value == null) {
            value = in.stringAt(cgroupAt);
            cgroup = value;
        }
        return value;
    }

    /// Effective.
    public long uid() {
        return uid;
    }

    /// null: no such user known.
    public @Nullable String user() {
        if (user == null && userAt >= 0) {
            user = in.stringAt(userAt);
        }
        return user;
    }

    /// Effective.
    public long gid() {
        return gid;
    }

    /// null: no such group known.
    public @Nullable String group() {
        if (group == null && groupAt >= 0) {
            group = in.stringAt(groupAt);
        }
        return group;
    }

    /// -1: not set.
    public long loginUid() {
        return loginUid;
    }

    /// null: not set or not known.
    public @Nullable String loginUser() {
        if (loginUser == null && loginUserAt >= 0) {
            loginUser = in.stringAt(loginUserAt);
        }
        return loginUser;
    }

    /// Device number; 0: none.
    public long tty() {
        return tty;
    }

    /// In the process's pid namespace.
    public long sid() {
        return sid;
    }

    /// Process group id.
    public long pgid() {
        return pgid;
    }

    /// In the process's pid namespace.
    public long vpgid() {
        return vpgid;
    }

    /// In its own pid namespace.
    public long vpid() {
        return vpid;
    }

    /// Bit n = capability n.
    public long capPermitted() {
        return capPermitted;
    }

    /// Bit n = capability n.
    public long capEffective() {
        return capEffective;
    }

    /// Bit n = capability n.
    public long capInheritable() {
        return capInheritable;
    }

    /// Inode of the executable.
    public long exeInode() {
        return exeInode;
    }

    /// ctime of the executable, nanoseconds since the epoch.
    public long exeChangeTime() {
        return exeChangeTime;
    }

    /// mtime of the executable, nanoseconds since the epoch.
    public long exeModifyTime() {
        return exeModifyTime;
    }

    /// 1 writable by the process, 2 upper layer, 4 memfd, 8 lower layer, 16 deleted.
    public int exeFlags() {
        return exeFlags;
    }

    /// Nanoseconds since the epoch; 0: unknown.
    public long pidNamespaceStart() {
        return pidNamespaceStart;
    }

    /// Inode numbers: mnt, pid, net, user, uts, ipc, cgroup.
    public long[] namespaces() {
        long[] value = namespaces;
        if (value == null) {
            value = in.longsAt(namespacesAt);
            namespaces = value;
        }
        return value;
    }
}
