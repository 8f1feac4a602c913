package dev.tiercel.schemas;

import dev.tiercel.schemas.ProcessAttribute.Kind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The attributes of a process, read from a copy of its bytes, which outlives the batch they came in.
///
/// Numbers are read at once, texts and lists when first asked for, each once. Reused: [#read] makes it another process.
final class ProcessBody {

    private static final Kind[] KINDS =
            Arrays.stream(ProcessAttribute.values()).map(ProcessAttribute::kind).toArray(Kind[]::new);
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
    private final ProcessContext context = new ProcessContext();

    /// @param scratch for putting texts together
    ProcessBody(TextCache texts, TextBuffer scratch) {
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

    /// Whether the attributes at `offset` are these. No encoding of a process begins with that of another, so
    /// the same bytes are the same process, and it ends where they end.
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

    /// Differs from that of every other process that the cursor has seen, and of this one if it was forgotten
    /// since.
    long version() {
        return version;
    }

    ProcessContext context() {
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
