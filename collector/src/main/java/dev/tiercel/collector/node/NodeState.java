package dev.tiercel.collector.node;

import static dev.tiercel.schemas.ProcessAttribute.EXECS;
import static dev.tiercel.schemas.ProcessAttribute.GID;
import static dev.tiercel.schemas.ProcessAttribute.NAME;
import static dev.tiercel.schemas.ProcessAttribute.PGID;
import static dev.tiercel.schemas.ProcessAttribute.PID_NAMESPACE_START;
import static dev.tiercel.schemas.ProcessAttribute.SID;
import static dev.tiercel.schemas.ProcessAttribute.THREADS;
import static dev.tiercel.schemas.ProcessAttribute.UID;
import static dev.tiercel.schemas.ProcessAttribute.VPGID;
import static dev.tiercel.schemas.ProcessAttribute.VPID;

import dev.tiercel.collector.container.AccountNames;
import dev.tiercel.collector.container.Cgroup;
import dev.tiercel.collector.container.ContainerDirectory;
import dev.tiercel.collector.container.ContainerEntry;
import dev.tiercel.collector.files.BoundedReads;
import dev.tiercel.kevent.ExitDecoder;
import dev.tiercel.kevent.ForkDecoder;
import dev.tiercel.kevent.HeaderDecoder;
import dev.tiercel.kevent.ProcessDecoder;
import dev.tiercel.schemas.RawText;
import dev.tiercel.service.Health;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The state of the node: processes, cgroups and accounts, updated by each record in ring order. Single-threaded.
///
/// As in Falco, a record updates the state first, and its event refers to the updated state.
public final class NodeState implements AutoCloseable {
    /// How long the draining thread waits for what a process or its file system can withhold.
    private static final Duration PROC_LIMIT = Duration.ofMillis(200);

    private static final Duration PROC_PAUSE = Duration.ofSeconds(10);
    private static final int PROC_READS_AT_ONCE = 16;
    private static final long CLONE_PARENT = 0x00008000L;
    private static final int MAX_RECONSTRUCTIONS = 3;
    private static final int MAX_CGROUP_LOOKUPS = 3;

    private static final byte[] CGROUPS = RawText.bytes("/sys/fs/cgroup/");

    private long bootTimeEpochNanos;
    private final ProcessTable table;
    private final ContainerDirectory containers;
    private final HostAccounts accounts;
    private final EnvironmentFilter environment;
    private final BoundedReads reads;
    private final ProcReader proc;
    private final RateLimiter procReads;
    private long hostMounts;
    private long nowNanos;
    private long lastKtime;
    private @Nullable ProcessEntry last;

    /// @param bootTimeEpochNanos added to the start of a process when it is first seen, see [#tick]
    public NodeState(NodeOptions options, ContainerDirectory containers, long bootTimeEpochNanos) {
        this.bootTimeEpochNanos = bootTimeEpochNanos;
        this.table = new ProcessTable(
                options.processes(),
                options.processBytes(),
                options.exitedGrace().toNanos());
        this.containers = containers;
        this.accounts = new HostAccounts(options.etc(), Duration.ofSeconds(1));
        this.environment = new EnvironmentFilter(options.environment());
        this.reads = new BoundedReads("proc-reads", PROC_READS_AT_ONCE, PROC_LIMIT, PROC_PAUSE);
        this.proc = new ProcReader(options.proc(), environment, reads);
        this.hostMounts = proc.mountNamespace(1);
        this.procReads = new RateLimiter(options.procReadsPerSecond());
    }

    /// Does what is due: applies descriptions of containers, reloads account files, forgets exited processes.
    ///
    /// A process keeps the start time that it was given when it was first seen, even if the wall clock is set
    /// later: (pid, start time) identifies it.
    ///
    /// @param now of the collector's clock, which is independent of record times
    /// @param bootTime added to the start of a process when it is first seen
    public void tick(long now, long bootTime) {
        nowNanos = now;
        bootTimeEpochNanos = bootTime;
        containers.poll();
        accounts.refresh(now);
        table.expire(lastKtime);
    }

    /// Adds a process found at start-up; false: it is already completely known.
    public boolean snapshot(ProcessDecoder record) {
        ProcessEntry known = table.find(record.pid(), record.start());
        if (known != null && known.origin == ProcessEntry.Origin.COMPLETE) {
            return false;
        }
        applyProcess(known, record, execs(known));
        return true;
    }

    /// Applies an exec; returns the process.
    public ProcessEntry exec(ProcessDecoder record) {
        ProcessEntry known = table.find(record.pid(), record.start());
        long before = execs(known);
        ProcessEntry entry = applyProcess(known, record, before < 0 ? before : before + 1);
        entry.descriptors(entry.descriptors().afterExec());
        return entry;
    }

    /// Programs that it has executed since its fork; negative: unknown.
    private static long execs(@Nullable ProcessEntry known) {
        return known == null ? -1 : known.state.number(EXECS);
    }

    /// Adds a new process; returns its parent.
    public ProcessEntry fork(ForkDecoder record) {
        ProcessEntry parent = caller(record);
        ProcessEntry known = table.find(record.childPid(), record.childStart());
        if (known == null) {
            long startTime = startTime(null, record.childStart());
            ProcessEntry.Origin origin = parent.origin == ProcessEntry.Origin.COMPLETE
                    ? ProcessEntry.Origin.COMPLETE
                    : ProcessEntry.Origin.FORKED_FROM_STUB;
            ProcessEntry child = new ProcessEntry(
                    record.childPid(), record.childStart(), childState(parent, record, startTime), origin);
            setParent(child, parent, record);
            table.add(child, record.ktime());
            table.parent(child);
        } else if (known.origin == ProcessEntry.Origin.STUB) {
            table.change(known, childState(parent, record, known.state.startTime()));
            known.origin = parent.origin;
            setParent(known, parent, record);
        }
        return parent;
    }

    private static void setParent(ProcessEntry child, ProcessEntry caller, ForkDecoder record) {
        boolean sibling = (record.cloneFlags() & CLONE_PARENT) != 0;
        child.parentPid = sibling ? caller.parentPid : caller.pid;
        child.parentStart = sibling ? caller.parentStart : caller.start;
        child.descriptors(caller.descriptors().share());
    }

    private ProcessState childState(ProcessEntry parent, ForkDecoder record, long startTime) {
        ProcessState state = parent.state.inherited(record.childPid(), startTime);
        state.set(NAME, record.commBytes());
        state.set(VPID, record.childVpid());
        state.set(THREADS, 1);
        state.set(EXECS, 0);
        state.namespaces = Namespaces.replaced(state.namespaces, record.cloneFlags());
        if (state.namespaces[Namespaces.PID] != record.childNsPid()) {
            state.namespaces = state.namespaces.clone();
            state.namespaces[Namespaces.PID] = record.childNsPid();
            state.set(SID, 0); // session and group are outside the new namespace
            state.set(VPGID, 0);
            state.set(PID_NAMESPACE_START, record.childVpid() == 1 ? startTime : 0);
        }
        if (record.childCgroupId() != state.cgroup.id()) {
            state.cgroup = cgroup(record.childCgroupId(), record.childPid(), state.cgroup);
        }
        return state;
    }

    /// Ends a process and returns it.
    public ProcessEntry exit(ExitDecoder record) {
        ProcessEntry entry = caller(record);
        table.end(entry, record.ktime());
        return entry;
    }

    /// The process that made the record, updated from the record's header.
    public ProcessEntry caller(HeaderDecoder record) {
        lastKtime = record.ktime();
        ProcessEntry entry = last;
        if (entry == null || entry.pid != record.pid() || entry.start != record.start() || entry.removed()) {
            entry = table.find(record.pid(), record.start());
            if (entry == null) {
                entry = stub(record);
            }
            last = entry;
        }
        if (entry.origin != ProcessEntry.Origin.COMPLETE) {
            reconstruct(entry);
        }
        if (entry.state.cgroup.id() != record.cgroupId()) {
            changeCgroup(entry, cgroup(record.cgroupId(), entry.pid, entry.state.cgroup));
        } else if (entry.state.cgroup.assumed()) {
            resolveCgroup(entry);
        }
        if (entry.state.number(UID) != record.uid() && record.tid() == record.pid()) {
            changeUid(entry, record.uid());
        }
        if (record.threadCount() != 0) {
            entry.threads = record.threadCount();
        }
        ContainerEntry container = entry.state.container();
        if (container != null && !container.accountsKnown()) {
            readAccounts(entry);
        }
        return entry;
    }

    /// Requests the account files of a process's container once the process has left the host's mount namespace: a
    /// runtime's helper is in the container's cgroup before.
    private void readAccounts(ProcessEntry entry) {
        long mounts = entry.state.namespaces[Namespaces.MNT];
        if (entry.pid == 1 && mounts != 0) {
            hostMounts = mounts;
        }
        ContainerEntry container = entry.state.container();
        if (container != null && (mounts == 0 || mounts != hostMounts)) {
            boolean named = entry.state.number(UID) != 0 || entry.state.number(GID) != 0;
            containers.readAccounts(container, entry.pid, named, nowNanos);
        }
    }

    /// The process's state with what changes often: the number of its threads. Asked once for each batch that the
    /// process is in, so that threads that come and go make no states.
    public ProcessState counted(ProcessEntry entry) {
        if (entry.threads != 0 && entry.threads != entry.state.number(THREADS)) {
            ProcessState state = entry.state.copy();
            state.set(THREADS, entry.threads);
            table.change(entry, state);
        }
        return entry.state;
    }

    /// Parent of a process; null: none or unknown.
    public @Nullable ProcessEntry parent(ProcessEntry entry) {
        ProcessEntry parent = table.parent(entry);
        if (parent == null && entry.parentPid > 0 && entry.parentStart != 0 && entry.reconstructions == 0) {
            entry.reconstructions++;
            parent = fromProc(entry.parentPid, entry.parentStart);
        }
        return parent;
    }

    /// Leader of the process's session; null: forgotten or unknown.
    public @Nullable ProcessEntry sessionLeader(ProcessEntry entry) {
        return table.leader(entry, entry.state.sid);
    }

    /// Leader of the process's group; null: forgotten or unknown.
    public @Nullable ProcessEntry groupLeader(ProcessEntry entry) {
        return table.leader(entry, (int) entry.state.number(PGID));
    }

    /// Health of the threads that read from /proc; from any thread.
    public Health check() {
        return reads.check();
    }

    /// Reads from /proc that hang; from any thread.
    public int hanging() {
        return reads.hanging();
    }

    @Override
    public void close() {
        reads.close();
    }

    /// The host's account names.
    public AccountNames accounts() {
        return accounts.names();
    }

    /// Number of known processes, alive and exited.
    public int processes() {
        return table.size();
    }

    ProcessTable table() {
        return table;
    }

    private ProcessEntry applyProcess(@Nullable ProcessEntry known, ProcessDecoder record, long execs) {
        lastKtime = record.ktime();
        ProcessState state =
                RecordStates.state(record, startTime(known, record.start()), bootTimeEpochNanos, environment);
        state.set(EXECS, execs);
        Cgroup before = known == null ? Cgroup.UNKNOWN : known.state.cgroup;
        state.cgroup = record.cgroupLength() == 0
                ? cgroup(record.cgroupId(), record.pid(), before)
                : containers.cgroup(record.cgroupId(), RawText.of(record.cgroupBytes()));
        ProcessEntry entry = known;
        if (entry == null) {
            entry = new ProcessEntry(record.pid(), record.start(), state, ProcessEntry.Origin.COMPLETE);
            setParent(entry, record.ppid(), record.parentStart());
            table.add(entry, record.ktime());
        } else {
            entry.origin = ProcessEntry.Origin.COMPLETE;
            setParent(entry, record.ppid(), record.parentStart());
            table.change(entry, state);
        }
        entry.threads = record.threadCount();
        readAccounts(entry);
        return entry;
    }

    private long startTime(@Nullable ProcessEntry known, long start) {
        return known == null ? bootTimeEpochNanos + start : known.state.startTime();
    }

    private void setParent(ProcessEntry entry, int pid, long start) {
        if (entry.parentPid != pid || entry.parentStart != start) {
            entry.parentPid = pid;
            entry.parentStart = start;
            entry.link(null);
            table.parent(entry);
        }
    }

    private ProcessEntry stub(HeaderDecoder record) {
        ProcessState state = new ProcessState(record.pid(), startTime(null, record.start()));
        state.set(NAME, record.commBytes());
        state.set(UID, record.uid());
        state.set(GID, -1); // not known
        ProcessEntry entry = new ProcessEntry(record.pid(), record.start(), state, ProcessEntry.Origin.STUB);
        table.add(entry, record.ktime());
        return entry;
    }

    private void reconstruct(ProcessEntry entry) {
        if (entry.exited
                || entry.reconstructions >= MAX_RECONSTRUCTIONS
                || (entry.reconstructions > 0 && nowNanos - entry.reconstructAfterNanos < 0)
                || !procReads.tryAcquire(nowNanos)) {
            return;
        }
        entry.reconstructions++;
        proc.read(entry.pid, entry.start, entry.state.startTime()).ifPresent(found -> adopt(entry, found));
    }

    private @Nullable ProcessEntry fromProc(int pid, long start) {
        if (!procReads.tryAcquire(nowNanos)) {
            return null;
        }
        Optional<ProcReader.Found> found = proc.read(pid, start, startTime(null, start));
        if (found.isEmpty()) {
            return null;
        }
        ProcessEntry entry = new ProcessEntry(pid, start, found.get().state(), ProcessEntry.Origin.STUB);
        table.add(entry, lastKtime);
        adopt(entry, found.get());
        return entry;
    }

    private void adopt(ProcessEntry entry, ProcReader.Found found) {
        ProcessState state = found.state();
        state.cgroup = found.cgroupPath().isEmpty()
                ? entry.state.cgroup
                : containers.cgroup(entry.state.cgroup.id(), found.cgroupPath());
        if (found.complete()) {
            entry.origin = ProcessEntry.Origin.COMPLETE;
        } else {
            entry.reconstructAfterNanos = nowNanos + PROC_PAUSE.toNanos();
        }
        setParent(entry, found.parentPid(), 0);
        table.change(entry, state);
        readAccounts(entry);
    }

    private void changeUid(ProcessEntry entry, long uid) {
        ProcessState state = entry.state.copy();
        Credentials.effectiveUid(state, uid);
        table.change(entry, state);
    }

    private void changeCgroup(ProcessEntry entry, Cgroup cgroup) {
        ProcessState state = entry.state.copy();
        state.cgroup = cgroup;
        table.change(entry, state);
    }

    /// Looks again for a cgroup that could not be found when the process came into it.
    private void resolveCgroup(ProcessEntry entry) {
        Cgroup assumed = entry.state.cgroup;
        Cgroup known = containers.cgroup(assumed.id());
        if (known == null && entry.cgroupLookups < MAX_CGROUP_LOOKUPS) {
            entry.cgroupLookups++;
            known = cgroup(assumed.id(), entry.pid, assumed);
        }
        if (known != null && !known.assumed()) {
            changeCgroup(entry, known);
        }
    }

    /// A cgroup known by its inode only: looked up in /proc if the rate limit allows, else assumed to be in the same
    /// container as before.
    private Cgroup cgroup(long id, int pid, Cgroup before) {
        Cgroup known = containers.cgroup(id);
        if (known != null) {
            return known;
        }
        String path = id != 0 && procReads.tryAcquire(nowNanos) ? proc.cgroup(pid, id) : "";
        return path.isEmpty() ? Cgroup.assumed(id, before) : containers.cgroup(id, path);
    }

    /// A directory was made, which may be the cgroup of a new container.
    void directoryMade(byte[] path) {
        if (startsWith(path, CGROUPS)) {
            containers.directoryMade(RawText.of(path));
        }
    }

    private static boolean startsWith(byte[] path, byte[] prefix) {
        return path.length > prefix.length && Arrays.equals(path, 0, prefix.length, prefix, 0, prefix.length);
    }

    /// Sets a state that [StateChanges] derived from the current one.
    void change(ProcessEntry entry, ProcessState state) {
        table.change(entry, state);
    }
}
