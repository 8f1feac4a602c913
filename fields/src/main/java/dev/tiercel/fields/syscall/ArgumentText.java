package dev.tiercel.fields.syscall;

import dev.tiercel.schemas.ArgumentKind;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.Parameter;
import dev.tiercel.schemas.ParameterType;
import dev.tiercel.schemas.ProcessView;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Formats event arguments as Falco does: a plain form, and a resolved one where names are known.
///
/// `flags=4097(O_RDONLY|O_CLOEXEC)`: 4097 is plain, the names are resolved. `evt.arg.flags` is the resolved form if
/// there is one.
public final class ArgumentText {

    private static final String UNKNOWN = "NULL";
    private static final long AT_FDCWD = -100;
    private static final long NO_ID = 0xffffffffL;

    /// Parameters by name, and the events that have them.
    private static final Map<String, Set<String>> HEXADECIMAL =
            Map.of("mode", Set.of("mkdir", "mkdirat"), "addr", Set.of("brk", "mmap", "mprotect", "munmap"));

    private static final Set<EventType> OPENS = EventTypes.OPENS;

    private ArgumentText() {}

    /// `evt.arg`: the resolved form, else the plain one; null: the event has no such argument.
    static @Nullable String text(CurrentEvent source, int index) {
        if (!has(source, index)) {
            return null;
        }
        String resolved = resolved(source, index);
        return resolved.isEmpty() ? plain(source, index) : resolved;
    }

    /// `evt.args`: all arguments, `name=plain(resolved)`.
    static String all(CurrentEvent source) {
        EventType type = source.type();
        if (type == null) {
            return "";
        }
        StringBuilder out = new StringBuilder();
        int count = Math.min(source.cursor().argumentCount(), type.parameters().size());
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : " ")
                    .append(type.parameters().get(i).name())
                    .append('=');
            out.append(plain(source, i));
            String resolved = resolved(source, i);
            if (!resolved.isEmpty()) {
                out.append('(').append(resolved).append(')');
            }
        }
        return out.toString();
    }

    /// `evt.rawarg` as a number: Falco's own for flags; [CurrentEvent#ABSENT]: no such argument, or not a number.
    static long number(CurrentEvent source, int index) {
        if (!has(source, index) || source.cursor().argumentKind(index) != ArgumentKind.LONG) {
            return CurrentEvent.ABSENT;
        }
        return published(source, index);
    }

    /// `evt.rawarg` as text; null: not known.
    static @Nullable String raw(CurrentEvent source, int index) {
        if (!has(source, index)) {
            return null;
        }
        return switch (source.cursor().argumentKind(index)) {
            case NULL -> null;
            case LONG -> NumberTexts.decimal(published(source, index));
            case STRING -> source.cursor().argumentString(index);
            case BYTES -> printable(source.cursor().argumentBytes(index));
        };
    }

    private static boolean has(CurrentEvent source, int index) {
        EventType type = source.type();
        return type != null
                && index >= 0
                && index < source.cursor().argumentCount()
                && index < type.parameters().size();
    }

    private static Parameter parameter(CurrentEvent source, int index) {
        EventType type = source.type();
        if (type == null) {
            throw new IllegalStateException("no type, argument=" + index);
        }
        return type.parameters().get(index);
    }

    private static @Nullable ValueTable values(CurrentEvent source, int index) {
        EventType type = source.type();
        return type == null ? null : EventValues.of(type, index);
    }

    private static long published(CurrentEvent source, int index) {
        ValueTable table = values(source, index);
        long kernel = source.cursor().argumentLong(index);
        return table == null ? kernel : EventValues.published(table, kernel);
    }

    private static String plain(CurrentEvent source, int index) {
        Parameter parameter = parameter(source, index);
        return switch (source.cursor().argumentKind(index)) {
            case NULL -> UNKNOWN;
            case LONG -> plainNumber(source, index, parameter);
            case STRING -> plainString(source.cursor().argumentString(index), parameter);
            case BYTES -> plainBytes(source.cursor().argumentBytes(index), parameter);
        };
    }

    private static String plainNumber(CurrentEvent source, int index, Parameter parameter) {
        long value = published(source, index);
        ParameterType type = parameter.type();
        EventType event = source.type();
        if (type == ParameterType.SYSCALL_ID && event != null && event != EventType.SYSCALL) {
            return event.eventName();
        }
        if (type == ParameterType.UID || type == ParameterType.GID) {
            return value == NO_ID ? "-1" : NumberTexts.decimal(value);
        }
        if (type == ParameterType.MODE || (parameter.name().equals("mode") && isOpen(source))) {
            return NumberTexts.octal(value);
        }
        if (parameter.name().equals("dev") || isHexadecimal(source, parameter)) {
            return NumberTexts.hexadecimal(value);
        }
        return NumberTexts.decimal(value);
    }

    private static boolean isOpen(CurrentEvent source) {
        EventType type = source.type();
        return type == EventType.CREAT || (type != null && OPENS.contains(type));
    }

    private static boolean isHexadecimal(CurrentEvent source, Parameter parameter) {
        Set<String> events = HEXADECIMAL.get(parameter.name());
        EventType type = source.type();
        return events != null && type != null && events.contains(type.eventName());
    }

    /// The collector may supply ids with their names: `33(www-data)`.
    private static String plainString(String value, Parameter parameter) {
        int open = isId(parameter) ? value.indexOf('(') : -1;
        return open > 0 ? value.substring(0, open) : value;
    }

    private static boolean isId(Parameter parameter) {
        return parameter.type() == ParameterType.UID || parameter.type() == ParameterType.GID;
    }

    private static String plainBytes(byte[] value, Parameter parameter) {
        return parameter.type() == ParameterType.ADDRESS ? Addresses.text(value) : printable(value);
    }

    /// Replaces bytes that are not printable ASCII with dots, as Falco prints buffers.
    public static String printable(byte[] value) {
        byte[] out = value.clone();
        for (int i = 0; i < out.length; i++) {
            if (out[i] < ' ' || out[i] == 127) {
                out[i] = '.';
            }
        }
        return new String(out, StandardCharsets.US_ASCII);
    }

    private static String resolved(CurrentEvent source, int index) {
        Parameter parameter = parameter(source, index);
        return switch (source.cursor().argumentKind(index)) {
            case NULL, BYTES -> "";
            case LONG -> resolvedNumber(source, index, parameter);
            case STRING -> resolvedString(source, index, parameter);
        };
    }

    private static String resolvedString(CurrentEvent source, int index, Parameter parameter) {
        String value = source.cursor().argumentString(index);
        if (isId(parameter)) {
            int open = value.indexOf('(');
            return open > 0 && value.endsWith(")") ? value.substring(open + 1, value.length() - 1) : "";
        }
        boolean path = parameter.type() == ParameterType.PATH || parameter.type() == ParameterType.RELATIVE_PATH;
        if (!path || value.isEmpty() || value.startsWith("/")) {
            return "";
        }
        return EventPaths.absolute(source, index, value);
    }

    private static String resolvedNumber(CurrentEvent source, int index, Parameter parameter) {
        long value = source.cursor().argumentLong(index);
        ValueTable table = values(source, index);
        if (table != null) {
            return table.names(EventValues.published(table, value));
        }
        return switch (parameter.type()) {
            case ERRNO -> EventValues.errorName(value);
            case FD -> descriptor(source, value);
            case PID -> source.processWithId(value).map(ProcessView::name).orElse("");
            case UID -> userName(source, value);
            case GID -> groupName(source, value);
            case SIGNAL -> EventValues.SIGNAL.names(value);
            default -> "";
        };
    }

    /// `<f>/etc/passwd` for the event's own descriptor; of others only the number is known.
    private static String descriptor(CurrentEvent source, long number) {
        if (number == AT_FDCWD) {
            return "AT_FDCWD";
        }
        if (number < 0) {
            return EventValues.errorName(number);
        }
        boolean same = source.hasOpenDescriptor() && (source.descriptor().number() == number || isDuplicate(source));
        return same ? "<" + DescriptorFields.typeMark(source) + ">" + DescriptorFields.name(source) : "";
    }

    private static boolean isDuplicate(CurrentEvent source) {
        return source.is(EventType.DUP) || source.is(EventType.DUP2) || source.is(EventType.DUP3);
    }

    private static String userName(CurrentEvent source, long uid) {
        if (uid == 0) {
            return "root";
        }
        for (int i = 0; i < source.cursor().processCount(); i++) {
            ProcessView process = source.cursor().process(i);
            String name = process.uid() == uid ? process.user() : null;
            if (name != null) {
                return name;
            }
        }
        return "";
    }

    private static String groupName(CurrentEvent source, long gid) {
        if (gid == 0) {
            return "root";
        }
        for (int i = 0; i < source.cursor().processCount(); i++) {
            ProcessView process = source.cursor().process(i);
            String name = process.gid() == gid ? process.group() : null;
            if (name != null) {
                return name;
            }
        }
        return "";
    }
}
