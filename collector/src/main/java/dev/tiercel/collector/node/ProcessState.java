package dev.tiercel.collector.node;

import dev.tiercel.collector.container.Container;
import dev.tiercel.collector.user.AccountNames;
import dev.tiercel.schemas.ProcessAttribute;
import dev.tiercel.schemas.ProcessEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A process between two changes: what every event of that time says about it.
///
/// Never changed once it is a process's current state: a change is a [#copy] with other values. So a batch may keep
/// a state while the process goes on, and the encoded form is made once.
public final class ProcessState {
    static final byte[] NO_PATH = {};
    static final long[] NO_NAMESPACES = new long[7];

    final int pid;
    /// Nanoseconds since the epoch.
    final long startTime;
    ExecImage image = ExecImage.named(NO_PATH);
    /// Ends in `/`; empty: unknown.
    byte[] cwd = NO_PATH;
    Cgroup cgroup = Cgroup.UNKNOWN;
    long uid;
    long gid;
    long loginUid = -1;
    long tty;
    int sid;
    int vsid;
    int pgid;
    int vpgid;
    int vpid;
    long capPermitted;
    long capEffective;
    long capInheritable;
    long pidNamespaceStart;
    /// mnt, pid, net, user, uts, ipc, cgroup; 0: unknown. Shared, never written to.
    long[] namespaces = NO_NAMESPACES;

    private byte @Nullable [] body;
    private @Nullable AccountNames bodyAccounts;
    private @Nullable AccountNames bodyHost;
    private long[] places = NO_PLACES;
    private static final long[] NO_PLACES = {};

    ProcessState(int pid, long startTime) {
        this.pid = pid;
        this.startTime = startTime;
    }

    /// The same state, not current anywhere: to be changed and then made current.
    ProcessState copy() {
        return copyFor(pid, startTime);
    }

    ProcessState copyFor(int otherPid, long otherStartTime) {
        ProcessState copy = new ProcessState(otherPid, otherStartTime);
        copy.image = image;
        copy.cwd = cwd;
        copy.cgroup = cgroup;
        copy.uid = uid;
        copy.gid = gid;
        copy.loginUid = loginUid;
        copy.tty = tty;
        copy.sid = sid;
        copy.vsid = vsid;
        copy.pgid = pgid;
        copy.vpgid = vpgid;
        copy.vpid = vpid;
        copy.capPermitted = capPermitted;
        copy.capEffective = capEffective;
        copy.capInheritable = capInheritable;
        copy.pidNamespaceStart = pidNamespaceStart;
        copy.namespaces = namespaces;
        return copy;
    }

    public int pid() {
        return pid;
    }

    public long startTime() {
        return startTime;
    }

    public byte[] comm() {
        return image.comm();
    }

    /// NUL-separated, argv[0] first.
    public byte[] argv() {
        return image.argv();
    }

    /// Bytes of argv[0] in [#argv].
    public int exeLength() {
        return image.exeLength();
    }

    public byte[] exePath() {
        return image.exePath();
    }

    /// NUL-separated; only the variables that the collector may send.
    public byte[] environment() {
        return image.environment();
    }

    public ExecutableFile file() {
        return image.file();
    }

    /// Ends in `/`; empty: unknown.
    public byte[] cwd() {
        return cwd;
    }

    public Cgroup cgroup() {
        return cgroup;
    }

    public @Nullable Container container() {
        return cgroup.container();
    }

    public long uid() {
        return uid;
    }

    public long gid() {
        return gid;
    }

    public long loginUid() {
        return loginUid;
    }

    public long tty() {
        return tty;
    }

    /// Session id in the initial pid namespace.
    public int sid() {
        return sid;
    }

    /// Process group id in the initial pid namespace.
    public int pgid() {
        return pgid;
    }

    public int vpgid() {
        return vpgid;
    }

    public int vpid() {
        return vpid;
    }

    public long capPermitted() {
        return capPermitted;
    }

    public long capEffective() {
        return capEffective;
    }

    public long capInheritable() {
        return capInheritable;
    }

    public long pidNamespaceStart() {
        return pidNamespaceStart;
    }

    /// The process as a batch carries it, without its indices; made again only if the account names are others.
    ///
    /// @param host names of the host: of the login user always, of the others outside containers
    public byte[] body(AccountNames host) {
        Container container = cgroup.container();
        AccountNames accounts = container == null ? host : container.accounts();
        byte[] made = body;
        if (made == null || bodyAccounts != accounts || bodyHost != host) {
            made = encode(accounts, host);
            body = made;
            bodyAccounts = accounts;
            bodyHost = host;
        }
        return made;
    }

    /// What was last noted with [#place], 0 if nothing: for whoever collects states, one number a lane.
    public long place(int lane) {
        return lane < places.length ? places[lane] : 0;
    }

    public void place(int lane, long value) {
        if (lane >= places.length) {
            places = java.util.Arrays.copyOf(places, lane + 1);
        }
        places[lane] = value;
    }

    /// Heap that it takes, roughly and always the same; the image counts although it may be shared.
    int sizeBytes() {
        return 512 + 2 * cwd.length + 2 * image.sizeBytes(); // twice: the body repeats it
    }

    private byte[] encode(AccountNames accounts, AccountNames host) {
        List<String> argv = ExecImage.split(image.argv(), 0);
        return new ProcessEncoder()
                .pid(pid)
                .startTime(startTime)
                .name(text(image.comm()))
                .exe(argv.isEmpty() ? "" : argv.getFirst())
                .exePath(text(image.exePath()))
                .arguments(argv.isEmpty() ? argv : argv.subList(1, argv.size()))
                .environment(ExecImage.split(image.environment(), 0))
                .cwd(text(cwd))
                .set(ProcessAttribute.CGROUP, cgroup.path())
                .uid(uid)
                .user(accounts.user(uid))
                .gid(gid)
                .group(accounts.group(gid))
                .loginUid(loginUid)
                .set(ProcessAttribute.LOGIN_USER, loginUid < 0 ? null : host.user(loginUid))
                .set(ProcessAttribute.TTY, tty)
                .set(ProcessAttribute.SID, vsid)
                .set(ProcessAttribute.PGID, pgid)
                .set(ProcessAttribute.VPGID, vpgid)
                .set(ProcessAttribute.VPID, vpid)
                .set(ProcessAttribute.CAP_PERMITTED, capPermitted)
                .set(ProcessAttribute.CAP_EFFECTIVE, capEffective)
                .set(ProcessAttribute.CAP_INHERITABLE, capInheritable)
                .set(ProcessAttribute.EXE_INODE, image.file().inode())
                .set(ProcessAttribute.EXE_CHANGE_TIME, image.file().changeTime())
                .set(ProcessAttribute.EXE_MODIFY_TIME, image.file().modifyTime())
                .set(ProcessAttribute.EXE_FLAGS, image.file().flags())
                .set(ProcessAttribute.PID_NAMESPACE_START, pidNamespaceStart)
                .set(ProcessAttribute.NAMESPACES, namespaces)
                .encode();
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
