package dev.tiercel.collector.translate;

import dev.tiercel.collector.node.ExecutableFile;
import dev.tiercel.collector.node.ProcessEntry;
import dev.tiercel.collector.node.ProcessState;
import dev.tiercel.kevent.ExitDecoder;
import dev.tiercel.kevent.ForkDecoder;
import dev.tiercel.schemas.BatchWriter;
import dev.tiercel.schemas.EventType;
import java.nio.charset.StandardCharsets;

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
        memoryAndName(writer, state);
        writer.argumentBytes(state.environment(), 0, state.environment().length);
        writer.argument(state.tty());
        writer.argument(state.vpgid());
        writer.argument(state.loginUid());
        writer.argument(state.file().flags());
        capabilities(writer, state);
        executable(writer, state.file());
        writer.argument(state.uid());
        writer.argument(state.exePath(), 0, state.exePath().length);
        writer.argument(state.pgid());
        writer.argument(state.gid());
    }

    /// Arguments of clone, as it returns in the parent.
    static void fork(BatchWriter writer, ProcessEntry parent, ForkDecoder record) {
        ProcessState state = parent.state();
        writer.arguments(EventType.CLONE.parameters().size());
        writer.argument(record.childPid());
        commandLine(writer, state);
        identity(writer, parent, record.tid());
        memoryAndName(writer, state);
        writer.argument(record.cloneFlags());
        writer.argument(state.uid());
        writer.argument(state.gid());
        if (record.tid() == record.pid()) {
            writer.argument(state.vpid());
        } else {
            writer.argumentNull();
        }
        writer.argument(state.vpid());
        writer.argument(state.pidNamespaceStart());
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
        byte[] argv = state.argv();
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
    private static void memoryAndName(BatchWriter writer, ProcessState state) {
        writer.argument(state.cwd(), 0, state.cwd().length);
        for (int i = 0; i < UNKNOWN_LIMITS; i++) {
            writer.argumentNull();
        }
        writer.argument(state.comm(), 0, state.comm().length);
        byte[] cgroup = state.cgroup().path().getBytes(StandardCharsets.UTF_8);
        writer.argumentBytes(cgroup, 0, cgroup.length);
    }

    private static void capabilities(BatchWriter writer, ProcessState state) {
        writer.argument(state.capInheritable());
        writer.argument(state.capPermitted());
        writer.argument(state.capEffective());
    }

    private static void executable(BatchWriter writer, ExecutableFile file) {
        writer.argument(file.inode());
        writer.argument(file.changeTime());
        writer.argument(file.modifyTime());
    }
}
