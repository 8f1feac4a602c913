package dev.tiercel.fields.syscall;

import static dev.tiercel.schemas.ProcessAttribute.EXECS;
import static dev.tiercel.schemas.ProcessAttribute.NAMESPACES;
import static dev.tiercel.schemas.ProcessAttribute.TRUNCATED;
import static dev.tiercel.schemas.ProcessAttribute.TTY;

import dev.tiercel.fields.kubernetes.ExecIndex;
import dev.tiercel.fields.kubernetes.ExecMatch;
import dev.tiercel.fields.kubernetes.ExecMatch.Certainty;
import dev.tiercel.fields.kubernetes.ExecRoot;
import dev.tiercel.schemas.ContainerView;
import dev.tiercel.schemas.ProcessView;
import dev.tiercel.schemas.avro.ExecSession;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which request entered a pod and started a process there: the join of a process tree with `context.execs`.
///
/// The *root* of a process is its topmost ancestor inside the pod. If that is the first process of its container, the
/// pod does it itself, or somebody who is attached to its terminal; otherwise somebody came from outside. A root is a
/// session's only if the session was asked for around its start, and if what it ran does not say otherwise: probes
/// of a kubelet and `crictl exec` look the same and are in no audit log.
final class ExecOrigin {
    /// How much a node's clock may be behind its API server's.
    private static final long SKEW = Duration.ofSeconds(5).toNanos();

    /// How old a root is at most whose request may still be on its way.
    private static final long REQUEST_LATE = Duration.ofSeconds(60).toNanos();

    /// How long an attached session counts whose end is not known.
    private static final long ATTACHED = Duration.ofHours(24).toNanos();

    /// How much later than what an engine calls its container's start the first process starts.
    private static final long CONTAINER_START = Duration.ofSeconds(1).toNanos();

    private static final int TEXT_MISSING = 1 | 2; // exe, arguments

    /// Place of the pid namespace among those of a process.
    private static final int PID = 1;

    /// The kernel's `PROC_PID_INIT_INO`.
    private static final long HOST_PIDS = 0xEFFFFFFCL;

    private final PodName pod;
    private final ExecIndex execs;
    private final ProcessView root;

    /// The child of the root that the process is or is below; null: the process is the root.
    private final @Nullable ProcessView branch;

    private final ContainerView container;

    private ExecOrigin(
            PodName pod, ExecIndex execs, ProcessView root, @Nullable ProcessView branch, ContainerView container) {
        this.pod = pod;
        this.execs = execs;
        this.root = root;
        this.branch = branch;
        this.container = container;
    }

    /// Who is behind the event's process; null: nobody, as far as is known.
    static @Nullable ExecMatch of(CurrentEvent event) {
        ExecOrigin origin = event.kubernetes().execs().isEmpty() ? null : find(event);
        return origin == null ? null : origin.match();
    }

    /// The root of the event's process, if nobody is known to be behind it, and a request may still come; null
    /// otherwise.
    static @Nullable ExecRoot awaited(CurrentEvent event) {
        ExecOrigin origin = find(event);
        boolean entered = origin != null && !origin.isFirstOfContainer() && origin.root.number(EXECS) != 0;
        if (origin == null || !entered || origin.match() != null) return null;
        long age = event.cursor().time() - origin.root.startTime();
        return age < REQUEST_LATE ? origin.entered() : null;
    }

    /// Null: the process is in no pod, or it is not known where it came from.
    private static @Nullable ExecOrigin find(CurrentEvent event) {
        ProcessView process = event.process();
        PodName pod = process == null || process.container() < 0 ? null : PodName.of(event);
        return process == null || pod == null ? null : find(event, process, pod);
    }

    private static @Nullable ExecOrigin find(CurrentEvent event, ProcessView process, PodName pod) {
        ProcessView root = process;
        ProcessView branch = null;
        ProcessView parent = event.parent(root);
        for (int left = event.cursor().processCount(); left > 0 && parent != null && samePod(root, parent); left--) {
            branch = root;
            root = parent;
            parent = event.parent(root);
        }
        if (parent == null || samePod(root, parent)) return null;
        ContainerView container = event.cursor().container(root.container());
        return new ExecOrigin(pod, event.kubernetes().execs(), root, branch, container);
    }

    private ExecRoot entered() {
        return new ExecRoot(pod.namespace(), pod.name(), root.startTime());
    }

    /// Whether both are in containers of one pod. Helpers of a runtime may be in the cgroup of the pod, or on their way
    /// in even in that of the container, but stay in the host's pid namespace.
    private static boolean samePod(ProcessView child, ProcessView parent) {
        if (parent.container() < 0 || (isOfHost(parent) && !isOfHost(child))) return false;
        if (child.container() == parent.container()) return true;
        String uid = PodUid.of(child.cgroup());
        return uid != null && uid.equals(PodUid.of(parent.cgroup()));
    }

    private static boolean isOfHost(ProcessView process) {
        long[] namespaces = process.numbers(NAMESPACES);
        return namespaces.length > PID && namespaces[PID] == HOST_PIDS;
    }

    private @Nullable ExecMatch match() {
        return isFirstOfContainer() ? ofAttached() : ofEntered();
    }

    private boolean isFirstOfContainer() {
        return root.vpid() == 1
                || (container.startTime() != 0 && root.startTime() <= container.startTime() + CONTAINER_START);
    }

    /// A root that has run nothing yet is still the runtime.
    private @Nullable ExecMatch ofEntered() {
        if (root.number(EXECS) == 0) return null;
        List<ExecSession> fitting = ofPod(execs.around(entered()), root.startTime())
                .filter(this::mayHaveStartedRoot)
                .toList();
        List<ExecSession> exact = fitting.stream().filter(this::startedRoot).toList();
        return exact.isEmpty() ? matchOf(fitting, Certainty.UNIQUE) : matchOf(exact, Certainty.EXACT);
    }

    /// At the terminal of the container's first process, while somebody types there. More is not known: the first
    /// process may have started it by itself.
    private @Nullable ExecMatch ofAttached() {
        ProcessView started = branch;
        if (started == null || root.number(TTY) == 0 || started.number(TTY) != root.number(TTY)) return null;
        long start = started.startTime();
        List<ExecSession> all = execs.sessions("attach", pod.namespace(), pod.name(), start - ATTACHED, start + SKEW);
        List<ExecSession> fitting = ofPod(all, start)
                .filter(session -> session.getTty() && session.getStdin())
                .filter(session -> session.getEnded() == 0 || session.getEnded() >= start - SKEW)
                .toList();
        return matchOf(fitting, Certainty.UNIQUE);
    }

    /// Those that may be of this pod, the nearest to `start` first.
    private Stream<ExecSession> ofPod(List<ExecSession> sessions, long start) {
        return sessions.stream()
                .filter(this::mayBeOfPod)
                .sorted(Comparator.comparingLong(session -> Math.abs(session.getTime() - start)));
    }

    private static @Nullable ExecMatch matchOf(List<ExecSession> sessions, Certainty ifOne) {
        if (sessions.isEmpty()) return null;
        return new ExecMatch(sessions.size() == 1 ? ifOne : Certainty.AMBIGUOUS, sessions);
    }

    private boolean mayBeOfPod(ExecSession session) {
        return maybeEqual(session.getCluster(), pod.cluster())
                && maybeEqual(session.getPodUid(), pod.uid())
                && maybeEqual(session.getContainer(), pod.container());
    }

    /// Unless both are known and differ.
    private static boolean maybeEqual(String one, String other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    /// Not if the root runs what was first run in it, and that is another command than the session's.
    private boolean mayHaveStartedRoot(ExecSession session) {
        boolean known = root.number(EXECS) == 1 && (root.number(TRUNCATED) & TEXT_MISSING) == 0;
        return !known || session.getCommand().isEmpty() || ExecCommand.isRunBy(root, session.getCommand());
    }

    private boolean startedRoot(ExecSession session) {
        boolean here = session.getContainer().isEmpty() || !pod.container().isEmpty();
        return here && !session.getCommand().isEmpty() && ExecCommand.isRunBy(root, session.getCommand());
    }
}
