package dev.tiercel.collector.translate;

import static dev.tiercel.schemas.ProcessAttribute.ARGUMENTS;
import static dev.tiercel.schemas.ProcessAttribute.CAP_EFFECTIVE;
import static dev.tiercel.schemas.ProcessAttribute.CAP_INHERITABLE;
import static dev.tiercel.schemas.ProcessAttribute.CAP_PERMITTED;
import static dev.tiercel.schemas.ProcessAttribute.CWD;
import static dev.tiercel.schemas.ProcessAttribute.ENVIRONMENT;
import static dev.tiercel.schemas.ProcessAttribute.EXE_CHANGE_TIME;
import static dev.tiercel.schemas.ProcessAttribute.EXE_FLAGS;
import static dev.tiercel.schemas.ProcessAttribute.EXE_INODE;
import static dev.tiercel.schemas.ProcessAttribute.EXE_MODIFY_TIME;
import static dev.tiercel.schemas.ProcessAttribute.EXE_PATH;
import static dev.tiercel.schemas.ProcessAttribute.GID;
import static dev.tiercel.schemas.ProcessAttribute.LOGIN_UID;
import static dev.tiercel.schemas.ProcessAttribute.NAME;
import static dev.tiercel.schemas.ProcessAttribute.PGID;
import static dev.tiercel.schemas.ProcessAttribute.PID_NAMESPACE_START;
import static dev.tiercel.schemas.ProcessAttribute.TTY;
import static dev.tiercel.schemas.ProcessAttribute.UID;
import static dev.tiercel.schemas.ProcessAttribute.VPGID;
import static dev.tiercel.schemas.ProcessAttribute.VPID;

import dev.tiercel.collector.node.ProcessEntry;
import dev.tiercel.collector.node.ProcessState;
import dev.tiercel.kevent.ExitDecoder;
import dev.tiercel.kevent.ForkDecoder;
import dev.tiercel.schemas.BatchWriter;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.RawText;

/// Writes the arguments of exec, fork and exit events, from the state after them.
final class ProcessEvents {
    /// fdlimit, pgft_maj, pgft_min, vm_size, vm_rss, vm_swap: the probe does not capture them.
    private static final int UNKNOWN_LIMITS = 6;

    private static final int SIGNAL_MASK = 0x7f;
    private static final int CORE_FLAG = 0x80;

    private ProcessEvents() {}

    /// Arguments of execve and execveat, without the last one of execve, `filename`.
    static void exec(BatchWriter writer, EventType type, ProcessEntry process, long tid, long result) {
        ProcessState state = process.state();
        writer.arguments(type.parameters().size());
        writer.argument(result);
        commandLine(writer, state);
        identity(writer, process, tid);
        memoryAndName(writer, state, state.text(NAME));
        writer.argumentBytes(state.text(ENVIRONMENT), 0, state.text(ENVIRONMENT).length);
        writer.argument(state.number(TTY));
        writer.argument(state.number(VPGID));
        writer.argument(state.number(LOGIN_UID));
        writer.argument(state.number(EXE_FLAGS));
        writer.argument(state.number(CAP_INHERITABLE));
        writer.argument(state.number(CAP_PERMITTED));
        writer.argument(state.number(CAP_EFFECTIVE));
        writer.argument(state.number(EXE_INODE));
        writer.argument(state.number(EXE_CHANGE_TIME));
        writer.argument(state.number(EXE_MODIFY_TIME));
        writer.argument(state.number(UID));
        writer.argument(state.text(EXE_PATH), 0, state.text(EXE_PATH).length);
        writer.argument(state.number(PGID));
        writer.argument(state.number(GID));
    }

    /// Arguments of clone, as it returns in the parent; `comm` is the thread's that called it, and the child's.
    static void fork(BatchWriter writer, ProcessEntry parent, ForkDecoder record) {
        ProcessState state = parent.state();
        writer.arguments(EventType.CLONE.parameters().size());
        writer.argument(record.childPid());
        commandLine(writer, state);
        identity(writer, parent, record.tid());
        memoryAndName(writer, state, record.commBytes());
        writer.argument(record.cloneFlags());
        writer.argument(state.number(UID));
        writer.argument(state.number(GID));
        if (record.tid() == record.pid()) {
            writer.argument(state.number(VPID));
        } else {
            writer.argumentNull();
        }
        writer.argument(state.number(VPID));
        writer.argument(state.number(PID_NAMESPACE_START));
    }

    /// Arguments of procexit: status, ret, sig, core, reaper_tid.
    static void exit(BatchWriter writer, ExitDecoder record) {
        int status = record.code();
        writer.arguments(EventType.PROCEXIT.parameters().size());
        writer.argument(status);
        writer.argument(status >> 8 & 0xff);
        writer.argument(status & SIGNAL_MASK);
        writer.argument((status & CORE_FLAG) == 0 ? 0 : 1);
        writer.argumentNull();
    }

    /// exe and args.
    private static void commandLine(BatchWriter writer, ProcessState state) {
        byte[] argv = state.text(ARGUMENTS);
        int exe = state.exeLength();
        writer.argument(argv, 0, exe);
        int rest = Math.min(argv.length, exe + 1);
        writer.argumentBytes(argv, rest, argv.length - rest);
    }

    /// tid, pid and ptid.
    private static void identity(BatchWriter writer, ProcessEntry process, long tid) {
        writer.argument(tid);
        writer.argument(process.pid());
        writer.argument(process.parentPid());
    }

    /// cwd, the unknown limits, comm and cgroups.
    private static void memoryAndName(BatchWriter writer, ProcessState state, byte[] comm) {
        writer.argument(state.text(CWD), 0, state.text(CWD).length);
        for (int i = 0; i < UNKNOWN_LIMITS; i++) {
            writer.argumentNull();
        }
        writer.argument(comm, 0, comm.length);
        byte[] cgroup = RawText.bytes(state.cgroup().path());
        writer.argumentBytes(cgroup, 0, cgroup.length);
    }
}
