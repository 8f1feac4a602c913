package dev.tiercel.schemas;

import dev.tiercel.schemas.ProcessAttribute.Kind;
import java.util.Arrays;
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
    private Body body;
    private int index;
    private int parent;
    private int sessionLeader;
    private int groupLeader;
    private int container;
    private long token;

    /// Of no process yet.
    ProcessView(KnownProcesses known, Body none) {
        this.known = known;
        this.body = none;
    }

    /// Reads the process at `offset` and returns where it ends; indices are checked against the sizes of the
    /// batch's arrays.
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
        Body.skip(in);
    }

    Body body() {
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

    /// The attributes of a process, read from a copy of its bytes, which outlives the batch they came in.
    ///
    /// Numbers are read at once, texts and lists when first asked for, each once. Reused: [#read] makes it
    /// another process.
    static final class Body {

        private static final Kind[] KINDS = Arrays.stream(ProcessAttribute.values())
                .map(ProcessAttribute::kind)
                .toArray(Kind[]::new);
        private static final int NAME = ProcessAttribute.NAME.otherSlot();
        private static final int ARGUMENTS = ProcessAttribute.ARGUMENTS.otherSlot();

        private final TextCache texts;
        private final AvroInput in;
        private final TextBuffer scratch;
        private byte[] bytes = {};
        private int length;
        private long version;
        private final long[] numbers = ProcessAttribute.unsetNumbers();
        /// Where each attribute that is no single number begins; -1: null.
        private final int[] offsets = new int[ProcessAttribute.otherCount()];
        /// What was made of them.
        private final @Nullable Object[] made = new Object[ProcessAttribute.otherCount()];
        private @Nullable String joinedArguments;
        private @Nullable String commandLine;
        private final Context context = new Context();

        /// @param scratch for putting texts together
        Body(TextCache texts, TextBuffer scratch) {
            this.texts = texts;
            this.in = new AvroInput(texts);
            this.scratch = scratch;
        }

        /// Becomes the process whose attributes begin at `offset`.
        ///
        /// @param next differs from that of every other process
        /// @throws BadRecordException if it is incomplete; this is then no process
        void read(byte[] record, int offset, long next) {
            length = 0;
            version = next;
            context.clear();
            in.wrap(record, offset, record.length);
            readAttributes(offset);
            int size = in.position() - offset;
            if (bytes.length < size || (size <= KnownProcesses.LONGEST && bytes.length > KnownProcesses.LONGEST)) {
                bytes = new byte[size];
            }
            System.arraycopy(record, offset, bytes, 0, size);
            in.wrap(bytes, 0, size);
            length = size;
            Arrays.fill(made, null);
            joinedArguments = null;
            commandLine = null;
        }

        private void readAttributes(int start) {
            int number = 0;
            int other = 0;
            for (Kind kind : KINDS) {
                switch (kind) {
                    case NUMBER -> numbers[number++] = in.readLong();
                    case INT -> numbers[number++] = in.readInt();
                    case TEXT -> offsets[other++] = in.skipString() - start;
                    case OPTIONAL_TEXT -> offsets[other++] = Math.max(-1, in.skipOptionalString() - start);
                    case TEXTS -> offsets[other++] = in.skipStrings() - start;
                    case NUMBERS -> offsets[other++] = in.skipLongs() - start;
                }
            }
        }

        /// Skips the attributes of a process that nobody asked for.
        static void skip(AvroInput in) {
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

        /// Whether the attributes at `offset` are these. No encoding of a process begins with that of another,
        /// so the same bytes are the same process, and it ends where they end.
        boolean isAt(byte[] record, int offset) {
            return length > 0
                    && length <= record.length - offset
                    && Arrays.equals(bytes, 0, length, record, offset, offset + length);
        }

        /// Begins with its bytes. Not a copy: do not modify it.
        byte[] bytes() {
            return bytes;
        }

        /// Length of its bytes.
        int length() {
            return length;
        }

        /// Differs from that of every other process that the cursor has seen, and of this one if it was
        /// forgotten since.
        long version() {
            return version;
        }

        Context context() {
            return context;
        }

        long number(ProcessAttribute attribute) {
            return numbers[attribute.numberSlot()];
        }

        @Nullable
        String text(ProcessAttribute attribute) {
            int slot = attribute.otherSlot();
            Object value = made[slot];
            if (value == null && offsets[slot] >= 0) {
                value = in.stringAt(offsets[slot]);
                made[slot] = value;
            }
            return (String) value;
        }

        @SuppressWarnings("unchecked") // nothing else is made of its kind
        List<String> texts(ProcessAttribute attribute) {
            int slot = attribute.otherSlot();
            Object value = made[slot];
            if (value == null) {
                value = in.stringsAt(offsets[slot]);
                made[slot] = value;
            }
            return (List<String>) value;
        }

        long[] numbers(ProcessAttribute attribute) {
            int slot = attribute.otherSlot();
            Object value = made[slot];
            if (value == null) {
                value = in.longsAt(offsets[slot]);
                made[slot] = value;
            }
            return (long[]) value;
        }

        String joinedArguments() {
            String value = joinedArguments;
            if (value == null) {
                in.joinAt(offsets[ARGUMENTS], scratch.clear());
                value = scratch.text(texts);
                joinedArguments = value;
            }
            return value;
        }

        String commandLine() {
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

    /// Whom a process was last seen among, and the token of the process among them. As long as they stay the
    /// same, so does the token: through all batches, whatever else is in them.
    static final class Context {

        private long parent;
        private long sessionLeader;
        private long groupLeader;
        private @Nullable ContainerView container;
        private long token;

        /// The token of the process among these, which is `next` if they are not those of the last time.
        ///
        /// @param parent its token, which covers all ancestors
        /// @param sessionLeader its version, as [Body#version]
        /// @param groupLeader its version
        long token(long parent, long sessionLeader, long groupLeader, @Nullable ContainerView container, long next) {
            boolean same = this.parent == parent
                    && this.sessionLeader == sessionLeader
                    && this.groupLeader == groupLeader
                    && this.container == container;
            if (token == 0 || !same) {
                this.parent = parent;
                this.sessionLeader = sessionLeader;
                this.groupLeader = groupLeader;
                this.container = container;
                token = next;
            }
            return token;
        }

        /// Is nobody's any more.
        void clear() {
            token = 0;
            container = null;
        }
    }
}
