package dev.tiercel.collector.node;

import static dev.tiercel.schemas.ProcessAttribute.ARGUMENTS;
import static dev.tiercel.schemas.ProcessAttribute.CWD;
import static dev.tiercel.schemas.ProcessAttribute.ENVIRONMENT;
import static dev.tiercel.schemas.ProcessAttribute.EXE_FLAGS;
import static dev.tiercel.schemas.ProcessAttribute.EXE_PATH;
import static dev.tiercel.schemas.ProcessAttribute.LOGIN_UID;
import static dev.tiercel.schemas.ProcessAttribute.NAME;
import static dev.tiercel.schemas.ProcessAttribute.PID_NAMESPACE_START;
import static dev.tiercel.schemas.ProcessAttribute.TRUNCATED;
import static dev.tiercel.schemas.ProcessAttribute.TTY;

import dev.tiercel.kevent.ProcessDecoder;
import dev.tiercel.kevent.ProcessField;
import dev.tiercel.schemas.ProcessAttribute;
import java.util.Arrays;

/// Reads a process's state, except its cgroup, from an exec or snapshot record.
final class RecordStates {
    /// `KEVENT_EXE_MEMFD`, of the attribute `EXE_FLAGS`.
    static final int EXE_MEMFD = 0x4;

    private static final long NO_LOGIN = 0xffff_ffffL;

    private static final ProcessField[] NAMESPACES = fields("mnt", "pid", "net", "user", "uts", "ipc", "cgroup");
    private static final ProcessField SID = ProcessDecoder.field("sid");
    private static final Source[] NUMBERS = sources(false);
    private static final Source[] TEXTS = sources(true);

    /// An attribute and the field of the record that has it.
    private record Source(ProcessAttribute attribute, ProcessField field) {}

    private RecordStates() {}

    /// @param startTime of the process, nanoseconds since the epoch
    static ProcessState state(
            ProcessDecoder record, long startTime, long bootTimeEpochNanos, EnvironmentFilter environment) {
        ProcessState state = new ProcessState(record.pid(), startTime);
        for (Source source : NUMBERS) {
            state.set(source.attribute, record.number(source.field));
        }
        for (Source source : TEXTS) {
            state.set(source.attribute, record.bytes(source.field));
        }
        convert(state, bootTimeEpochNanos, environment);
        state.set(NAME, record.commBytes());
        state.sid = (int) record.number(SID);
        state.namespaces = namespaces(record);
        return state;
    }

    /// Puts what the kernel writes otherwise than a batch into the batch's form.
    private static void convert(ProcessState state, long bootTimeEpochNanos, EnvironmentFilter environment) {
        state.set(ENVIRONMENT, environment.filter(state.text(ENVIRONMENT)));
        state.setTruncated(state.number(TRUNCATED) & Truncation.OF_PROCESS);
        state.setArguments(state.text(ARGUMENTS));
        state.set(CWD, directory(state.text(CWD)));
        if ((state.number(EXE_FLAGS) & EXE_MEMFD) != 0) {
            state.set(EXE_PATH, withoutRoot(state.text(EXE_PATH)));
        }
        state.set(LOGIN_UID, loginUid(state.number(LOGIN_UID)));
        state.set(TTY, DeviceNumbers.asStat(state.number(TTY)));
        long namespaceStart = state.number(PID_NAMESPACE_START);
        state.set(PID_NAMESPACE_START, namespaceStart == 0 ? 0 : bootTimeEpochNanos + namespaceStart);
    }

    /// `memfd:NAME` of `/memfd:NAME`: the kernel writes it as if it were a file of the root directory.
    static byte[] withoutRoot(byte[] path) {
        return path.length > 0 && path[0] == '/' ? Arrays.copyOfRange(path, 1, path.length) : path;
    }

    private static long[] namespaces(ProcessDecoder record) {
        long[] inodes = new long[NAMESPACES.length];
        for (int i = 0; i < inodes.length; i++) {
            inodes[i] = record.number(NAMESPACES[i]);
        }
        return inodes;
    }

    /// -1: not set.
    static long loginUid(long kernel) {
        return kernel == NO_LOGIN ? -1 : kernel;
    }

    /// A directory's path as `proc.cwd` shows it: ending in `/`.
    static byte[] directory(byte[] path) {
        if (path.length == 0 || path[path.length - 1] == '/') {
            return path;
        }
        byte[] withSlash = Arrays.copyOf(path, path.length + 1);
        withSlash[path.length] = '/';
        return withSlash;
    }

    private static Source[] sources(boolean strings) {
        return Arrays.stream(ProcessAttribute.values())
                .flatMap(attribute ->
                        attribute.recordField().map(name -> new Source(attribute, ProcessDecoder.field(name))).stream())
                .filter(source -> source.field.string() == strings)
                .toArray(Source[]::new);
    }

    private static ProcessField[] fields(String... namespaces) {
        return Arrays.stream(namespaces)
                .map(name -> ProcessDecoder.field("ns_" + name))
                .toArray(ProcessField[]::new);
    }
}
