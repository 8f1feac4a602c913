package dev.tiercel.schemas;

import dev.tiercel.schemas.ProcessAttribute.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Encodes what is known of a process, once; [BatchWriter#addProcess] copies the result into every batch that needs it.
///
/// `set` takes any attribute of [ProcessAttribute]; the setters with names are for those that many callers give. What
/// is not set is unknown. Not thread safe; reusable: values stay set.
public final class ProcessEncoder {

    private static final ProcessAttribute[] ATTRIBUTES = ProcessAttribute.values();
    private static final long[] NO_NUMBERS = {};

    private final AvroOutput out = new AvroOutput(1024);
    private final long[] numbers = ProcessAttribute.unsetNumbers();
    private final @Nullable Object[] others = new Object[ProcessAttribute.otherCount()];

    /// An encoder of a process of which nothing is known.
    public ProcessEncoder() {}

    /// Sets an attribute of kind NUMBER or INT.
    public ProcessEncoder set(ProcessAttribute attribute, long value) {
        numbers[attribute.numberSlot()] = value;
        return this;
    }

    /// Sets every attribute of kind NUMBER and INT, by [ProcessAttribute#numberSlot].
    public ProcessEncoder numbers(long[] values) {
        System.arraycopy(values, 0, numbers, 0, numbers.length);
        return this;
    }

    /// Sets an attribute of kind TEXT or OPTIONAL_TEXT; null: no such text is known.
    public ProcessEncoder set(ProcessAttribute attribute, @Nullable String value) {
        return setOther(attribute, value, attribute.kind() == Kind.TEXT || attribute.kind() == Kind.OPTIONAL_TEXT);
    }

    /// Sets an attribute of kind TEXTS.
    public ProcessEncoder set(ProcessAttribute attribute, List<String> values) {
        return setOther(attribute, List.copyOf(values), attribute.kind() == Kind.TEXTS);
    }

    /// Sets an attribute of kind NUMBERS.
    public ProcessEncoder set(ProcessAttribute attribute, long[] values) {
        return setOther(attribute, values.clone(), attribute.kind() == Kind.NUMBERS);
    }

    private ProcessEncoder setOther(ProcessAttribute attribute, @Nullable Object value, boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException(attribute + " is of kind " + attribute.kind());
        }
        others[attribute.otherSlot()] = value;
        return this;
    }

    /// Thread group id in the initial pid namespace.
    public ProcessEncoder pid(long pid) {
        return set(ProcessAttribute.PID, pid);
    }

    /// Nanoseconds since the epoch.
    public ProcessEncoder startTime(long startTime) {
        return set(ProcessAttribute.START_TIME, startTime);
    }

    /// comm.
    public ProcessEncoder name(String name) {
        return set(ProcessAttribute.NAME, name);
    }

    /// argv[0].
    public ProcessEncoder exe(String exe) {
        return set(ProcessAttribute.EXE, exe);
    }

    /// Absolute path; empty: unknown.
    public ProcessEncoder exePath(String exePath) {
        return set(ProcessAttribute.EXE_PATH, exePath);
    }

    /// argv without argv[0].
    public ProcessEncoder arguments(List<String> arguments) {
        return set(ProcessAttribute.ARGUMENTS, arguments);
    }

    /// NAME=value.
    public ProcessEncoder environment(List<String> environment) {
        return set(ProcessAttribute.ENVIRONMENT, environment);
    }

    /// Ends in /; empty: unknown.
    public ProcessEncoder cwd(String cwd) {
        return set(ProcessAttribute.CWD, cwd);
    }

    /// Effective.
    public ProcessEncoder uid(long uid) {
        return set(ProcessAttribute.UID, uid);
    }

    /// null: no such user known.
    public ProcessEncoder user(@Nullable String user) {
        return set(ProcessAttribute.USER, user);
    }

    /// Effective.
    public ProcessEncoder gid(long gid) {
        return set(ProcessAttribute.GID, gid);
    }

    /// null: no such group known.
    public ProcessEncoder group(@Nullable String group) {
        return set(ProcessAttribute.GROUP, group);
    }

    /// -1: not set.
    public ProcessEncoder loginUid(long loginUid) {
        return set(ProcessAttribute.LOGIN_UID, loginUid);
    }

    /// The process without its four indices, as [BatchWriter#addProcess] takes it.
    public byte[] encode() {
        out.clear();
        for (ProcessAttribute attribute : ATTRIBUTES) {
            if (attribute.kind().isNumber()) {
                out.writeLong(numbers[attribute.numberSlot()]);
            } else {
                write(attribute.kind(), others[attribute.otherSlot()]);
            }
        }
        return out.toByteArray();
    }

    @SuppressWarnings("unchecked") // a setter takes only what its kind is
    private void write(Kind kind, @Nullable Object value) {
        switch (kind) {
            case TEXT -> out.writeString(value == null ? "" : (String) value);
            case OPTIONAL_TEXT -> out.writeOptional((String) value);
            case TEXTS -> out.writeStrings(value == null ? List.of() : (List<String>) value);
            case NUMBERS -> out.writeLongs(value == null ? NO_NUMBERS : (long[]) value);
            case NUMBER, INT -> throw new IllegalArgumentException("single numbers are kept apart: " + kind);
        }
    }
}
