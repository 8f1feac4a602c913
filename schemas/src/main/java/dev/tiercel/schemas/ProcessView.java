package dev.tiercel.schemas;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A process of the batch that a [BatchCursor] is on: every attribute of [ProcessAttribute], some also by name.
///
/// A process with the same bytes as in a recent batch is not read again ([KnownProcesses]). Numbers are read when a
/// process of the batch is first asked for, strings when they are, each once. Valid until the cursor is wrapped around
/// the next record. Every accessor of a string may throw [BadRecordException].
public final class ProcessView {

    /// parent, sessionLeader, groupLeader, container.
    private static final int INDICES = 4;

    private final KnownProcesses known;
    private final AvroInput in = new AvroInput();
    private ProcessBody body;
    private int index;
    private int parent;
    private int sessionLeader;
    private int groupLeader;
    private int container;
    private long token;

    /// Of no process yet.
    ProcessView(KnownProcesses known, ProcessBody none) {
        this.known = known;
        this.body = none;
    }

    /// Reads the process at `offset` and returns where it ends; indices are checked against the sizes of the batch's
    /// arrays.
    int wrap(byte[] record, int offset, int index, int processCount, int containerCount) {
        in.wrap(record, offset, record.length);
        this.index = index;
        parent = in.readIndex(processCount);
        sessionLeader = in.readIndex(processCount);
        groupLeader = in.readIndex(processCount);
        container = in.readIndex(containerCount);
        token = 0;
        body = known.at(record, in.position());
        return in.position() + body.length();
    }

    /// Skips a process that nobody asked for.
    static void skip(AvroInput in) {
        for (int i = 0; i < INDICES; i++) {
            in.readLong();
        }
        ProcessBody.skip(in);
    }

    ProcessBody body() {
        return body;
    }

    /// See [BatchCursor#processToken]; 0: not known yet.
    long token() {
        return token;
    }

    void token(long value) {
        token = value;
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

    /// An attribute of kind NUMBER or INT.
    public long number(ProcessAttribute attribute) {
        return body.number(attribute);
    }

    /// An attribute of kind TEXT or OPTIONAL_TEXT; null: no such text is known, which a TEXT never is.
    public @Nullable String text(ProcessAttribute attribute) {
        return body.text(attribute);
    }

    /// An attribute of kind TEXTS.
    public List<String> texts(ProcessAttribute attribute) {
        return body.texts(attribute);
    }

    /// An attribute of kind NUMBERS. Not a copy: do not modify it.
    public long[] numbers(ProcessAttribute attribute) {
        return body.numbers(attribute);
    }

    private String known(ProcessAttribute attribute) {
        return Objects.requireNonNull(text(attribute));
    }

    /// Thread group id in the initial pid namespace.
    public long pid() {
        return number(ProcessAttribute.PID);
    }

    /// Nanoseconds since the epoch.
    public long startTime() {
        return number(ProcessAttribute.START_TIME);
    }

    /// comm.
    public String name() {
        return known(ProcessAttribute.NAME);
    }

    /// argv[0].
    public String exe() {
        return known(ProcessAttribute.EXE);
    }

    /// Absolute path; empty: unknown.
    public String exePath() {
        return known(ProcessAttribute.EXE_PATH);
    }

    /// argv without argv[0].
    public List<String> arguments() {
        return texts(ProcessAttribute.ARGUMENTS);
    }

    /// NAME=value.
    public List<String> environment() {
        return texts(ProcessAttribute.ENVIRONMENT);
    }

    /// Ends in /; empty: unknown.
    public String cwd() {
        return known(ProcessAttribute.CWD);
    }

    /// Effective.
    public long uid() {
        return number(ProcessAttribute.UID);
    }

    /// null: no such user known.
    public @Nullable String user() {
        return text(ProcessAttribute.USER);
    }

    /// Effective.
    public long gid() {
        return number(ProcessAttribute.GID);
    }

    /// null: no such group known.
    public @Nullable String group() {
        return text(ProcessAttribute.GROUP);
    }

    /// -1: not set.
    public long loginUid() {
        return number(ProcessAttribute.LOGIN_UID);
    }

    /// Empty: unknown.
    public String cgroup() {
        return known(ProcessAttribute.CGROUP);
    }

    /// In its own pid namespace.
    public long vpid() {
        return number(ProcessAttribute.VPID);
    }

    /// [#arguments], with blanks between them.
    public String joinedArguments() {
        return body.joinedArguments();
    }

    /// Name and, if there are any, arguments, with blanks between them.
    public String commandLine() {
        return body.commandLine();
    }
}
