package dev.tiercel.collector.node;

import dev.tiercel.kevent.ProcessDecoder;
import java.util.Arrays;

/// Reads a process's state, except its cgroup, from an exec or snapshot record.
final class RecordStates {
    private static final long NO_LOGIN = 0xffff_ffffL;

    private RecordStates() {}

    static ProcessState state(ProcessDecoder record, long bootTimeEpochNanos, EnvironmentFilter environment) {
        ProcessState state = new ProcessState(record.pid(), bootTimeEpochNanos + record.start());
        state.image = new ExecImage(
                record.commBytes(),
                record.exeBytes(),
                record.argvBytes(),
                environment.filter(record.envBytes()),
                new ExecutableFile(record.exeIno(), record.exeCtime(), record.exeMtime(), record.exeFlags()));
        state.cwd = directory(record.cwdBytes());
        state.uid = record.euid();
        state.gid = record.egid();
        state.loginUid = record.loginuid() == NO_LOGIN ? -1 : record.loginuid();
        state.tty = DeviceNumbers.asStat(record.tty());
        state.sid = record.sid();
        state.vsid = record.vsid();
        state.pgid = record.pgid();
        state.vpgid = record.vpgid();
        state.vpid = record.vpid();
        state.capPermitted = record.capPermitted();
        state.capEffective = record.capEffective();
        state.capInheritable = record.capInheritable();
        state.pidNamespaceStart = record.pidnsStart() == 0 ? 0 : bootTimeEpochNanos + record.pidnsStart();
        state.namespaces = new long[] {
            record.nsMnt(),
            record.nsPid(),
            record.nsNet(),
            record.nsUser(),
            record.nsUts(),
            record.nsIpc(),
            record.nsCgroup()
        };
        return state;
    }

    /// A directory's path in the form of `proc.cwd`, ending in `/`.
    static byte[] directory(byte[] path) {
        if (path.length == 0 || path[path.length - 1] == '/') {
            return path;
        }
        byte[] withSlash = Arrays.copyOf(path, path.length + 1);
        withSlash[path.length] = '/';
        return withSlash;
    }
}
