package dev.tiercel.collector.node;

import static dev.tiercel.schemas.ProcessAttribute.CWD;
import static dev.tiercel.schemas.ProcessAttribute.GID;
import static dev.tiercel.schemas.ProcessAttribute.PGID;
import static dev.tiercel.schemas.ProcessAttribute.SID;
import static dev.tiercel.schemas.ProcessAttribute.TRUNCATED;
import static dev.tiercel.schemas.ProcessAttribute.TTY;
import static dev.tiercel.schemas.ProcessAttribute.VPGID;
import static dev.tiercel.schemas.ProcessAttribute.VPID;

import org.jspecify.annotations.Nullable;

/// Applies the effects of successful system calls to the calling process. Numbers are the calls' own arguments.
public final class StateChanges {
    private static final long UNCHANGED = 0xffff_ffffL;

    private final NodeState node;

    public StateChanges(NodeState node) {
        this.node = node;
    }

    /// chdir, fchdir: `path` is absolute, unless its top is missing.
    ///
    /// @param truncated whether a part of the path is missing
    public void changeDirectory(ProcessEntry entry, byte[] path, boolean truncated) {
        ProcessState state = entry.state.copy();
        long others = state.number(TRUNCATED) & ~Truncation.CWD;
        state.setTruncated(truncated ? others | Truncation.CWD : others);
        state.set(CWD, RecordStates.directory(path));
        node.change(entry, state);
    }

    /// setgid, setregid, setresgid: the requested effective gid; -1: unchanged. Ignored in a user namespace, whose
    /// gids are not the host's.
    public void changeGid(ProcessEntry entry, long effective) {
        long gid = effective & UNCHANGED;
        if (gid == UNCHANGED || gid == entry.state.number(GID) || inUserNamespace(entry)) {
            return;
        }
        ProcessState state = entry.state.copy();
        state.set(GID, gid);
        node.change(entry, state);
    }

    /// setsid: the caller leads a new session and group, without a terminal.
    public void newSession(ProcessEntry entry) {
        ProcessState state = entry.state.copy();
        state.sid = entry.pid;
        state.set(PGID, entry.pid);
        state.set(SID, state.number(VPID));
        state.set(VPGID, state.number(VPID));
        state.set(TTY, 0);
        node.change(entry, state);
    }

    /// setpgid(pid, group), both in the caller's pid namespace; pid 0: the caller, group 0: the process itself.
    public void changeGroup(ProcessEntry caller, int pid, int group) {
        ProcessEntry target = pid == 0 ? caller : process(caller, pid);
        if (target == null) {
            return;
        }
        ProcessEntry leader = group == 0 ? target : process(caller, group);
        ProcessState state = target.state.copy();
        state.set(VPGID, group == 0 ? target.state.number(VPID) : group);
        state.set(PGID, leader == null ? 0 : leader.pid);
        node.change(target, state);
    }

    /// unshare, setns: the namespaces of these kinds (CLONE_NEW*) have changed and are unknown until the next exec.
    public void leaveNamespaces(ProcessEntry entry, long kinds) {
        ProcessState state = entry.state.copy();
        state.namespaces = Namespaces.replaced(state.namespaces, kinds);
        node.change(entry, state);
    }

    /// mkdir, mkdirat: `path` is absolute, unless its top is missing.
    public void directoryMade(byte[] path) {
        node.directoryMade(path);
    }

    /// Replaces a descriptor; null: closed.
    public void descriptor(ProcessEntry entry, int number, @Nullable Descriptor descriptor) {
        if (number >= 0 && number < DescriptorTable.LIMIT && !entry.exited) {
            entry.set(number, descriptor);
        }
    }

    private @Nullable ProcessEntry process(ProcessEntry caller, int pid) {
        long namespace = caller.state.namespaces[Namespaces.PID];
        if (pid == caller.state.number(VPID)) {
            return caller;
        }
        return namespace == 0 || namespace == Namespaces.INITIAL_PID
                ? node.table().findAt(pid, Long.MAX_VALUE)
                : node.table().findInNamespace(namespace, pid);
    }

    private static boolean inUserNamespace(ProcessEntry entry) {
        long namespace = entry.state.namespaces[Namespaces.USER];
        return namespace != 0 && namespace != Namespaces.INITIAL_USER;
    }
}
