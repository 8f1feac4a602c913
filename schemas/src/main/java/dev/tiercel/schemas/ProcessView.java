package dev.tiercel.schemas;

import dev.tiercel.schemas.ProcessAttribute.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A process of the batch that a [BatchCursor] is on: every attribute of [ProcessAttribute], some also by name.
///
/// Numbers are read when a process of the batch is first asked for, strings when they are, each once per batch. Valid
/// until the cursor is wrapped around the next record. Every accessor of a string may throw [BadRecordException].
public final class ProcessView {

    private static final Kind[] KINDS =
            Arrays.stream(ProcessAttribute.values()).map(ProcessAttribute::kind).toArray(Kind[]::new);
    private static final int NAME = ProcessAttribute.NAME.otherSlot();
    private static final int ARGUMENTS = ProcessAttribute.ARGUMENTS.otherSlot();
    /// parent, sessionLeader, groupLeader, container.
    private static final int INDICES = 4;

    private final TextCache texts;
    private final AvroInput in;
    private final TextBuffer scratch;
    private int index;
    private int parent;
    private int sessionLeader;
    private int groupLeader;
    private int container;
    private final long[] numbers = ProcessAttribute.unsetNumbers();
    /// Where each attribute that is no single number begins; -1: null.
    private final int[] offsets = new int[ProcessAttribute.otherCount()];
    /// What was made of them.
    private final @Nullable Object[] made = new Object[ProcessAttribute.otherCount()];
    private @Nullable String joinedArguments;
    private @Nullable String commandLine;

    /// @param scratch for putting texts together
    ProcessView(TextCache texts, TextBuffer scratch) {
        this.texts = texts;
        this.scratch = scratch;
        this.in = new AvroInput(texts);
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
        readAttributes();
        return in.position();
    }

    private void readAttributes() {
        int number = 0;
        int other = 0;
        for (Kind kind : KINDS) {
            switch (kind) {
                case NUMBER -> numbers[number++] = in.readLong();
                case INT -> numbers[number++] = in.readInt();
                case TEXT -> offsets[other++] = in.skipString();
                case OPTIONAL_TEXT -> offsets[other++] = in.skipOptionalString();
                case TEXTS -> offsets[other++] = in.skipStrings();
                case NUMBERS -> offsets[other++] = in.skipLongs();
            }
        }
        Arrays.fill(made, null);
        joinedArguments = null;
        commandLine = null;
    }

    /// Skips a process that nobody asked for.
    static void skip(AvroInput in) {
        for (int i = 0; i < INDICES; i++) {
            in.readLong();
        }
        for (Kind kind : KINDS) {
            switch (kind) {
                case NUMBER, INT -> in.readLong();
                case TEXT -> in.skipString();
                case OPTIONAL_TEXT -> in.skipOptionalString();
                case TEXTS -> in.skipStrings();
                case NUMBERS -> in.skipLongs();
            }
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

    /// An attribute of kind NUMBER or INT.
    public long number(ProcessAttribute attribute) {
        return numbers[attribute.numberSlot()];
    }

    /// An attribute of kind TEXT or OPTIONAL_TEXT; null: no such text is known, which a TEXT never is.
    public @Nullable String text(ProcessAttribute attribute) {
        int slot = attribute.otherSlot();
        Object value = made[slot];
        if (value == null && offsets[slot] >= 0) {
            value = in.stringAt(offsets[slot]);
            made[slot] = value;
        }
        return (String) value;
    }

    /// An attribute of kind TEXTS.
    @SuppressWarnings("unchecked") // nothing else is made of its kind
    public List<String> texts(ProcessAttribute attribute) {
        int slot = attribute.otherSlot();
        Object value = made[slot];
        if (value == null) {
            value = in.stringsAt(offsets[slot]);
            made[slot] = value;
        }
        return (List<String>) value;
    }

    /// An attribute of kind NUMBERS.
    public long[] numbers(ProcessAttribute attribute) {
        int slot = attribute.otherSlot();
        Object value = made[slot];
        if (value == null) {
            value = in.longsAt(offsets[slot]);
            made[slot] = value;
        }
        return (long[]) value;
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
        String value = joinedArguments;
        if (value == null) {
            in.joinAt(offsets[ARGUMENTS], scratch.clear());
            value = scratch.text(texts);
            joinedArguments = value;
        }
        return value;
    }

    /// Name and, if there are any, arguments, with blanks between them.
    public String commandLine() {
        String value = commandLine;
        if (value == null) {
            in.appendAt(offsets[NAME], scratch.clear());
            int ofName = scratch.length();
            in.joinAt(offsets[ARGUMENTS], scratch.append((byte) ' '));
            value = in.isEmptyAt(offsets[ARGUMENTS]) ? scratch.text(texts, ofName) : scratch.text(texts);
            commandLine = value;
        }
        return value;
    }
}
