package dev.tiercel.fields.syscall;

import dev.tiercel.schemas.EventCategory;
import dev.tiercel.schemas.EventType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Properties of event types: which create descriptors, which open files, where their paths are.
final class EventTypes {

    /// Calls that open a file by path or handle.
    static final Set<EventType> OPENS =
            EnumSet.of(EventType.OPEN, EventType.OPENAT, EventType.OPENAT2, EventType.OPEN_BY_HANDLE_AT);

    private static final Set<EventType> MAKES_FILE = EnumSet.of(
            EventType.OPEN, EventType.OPENAT, EventType.OPENAT2, EventType.OPEN_BY_HANDLE_AT, EventType.CREAT);

    private static final Set<EventType> MAKES_SOCKET =
            EnumSet.of(EventType.SOCKET, EventType.ACCEPT, EventType.ACCEPT4);

    private static final Set<EventType> NO_CALL = EnumSet.of(
            EventType.PROCEXIT,
            EventType.SIGNALDELIVER,
            EventType.SWITCH,
            EventType.PAGE_FAULT,
            EventType.CONTAINER,
            EventType.DROP,
            EventType.PROCINFO,
            EventType.TASK);

    /// For `fs.path.*`: the path parameter, or source and target parameters, in that order.
    private static final Map<EventType, List<String>> PATHS = new EnumMap<>(EventType.class);

    static {
        paths("path", EventType.MKDIR, EventType.MKDIRAT, EventType.RMDIR, EventType.UNLINK);
        paths("name", EventType.UNLINKAT, EventType.OPEN, EventType.OPENAT, EventType.OPENAT2);
        paths("name", EventType.UMOUNT, EventType.UMOUNT2);
        paths("filename", EventType.CHMOD, EventType.FCHMODAT);
        paths("path", EventType.CHOWN, EventType.LCHOWN);
        paths("pathname", EventType.FCHOWNAT);
        paths("special", EventType.QUOTACTL);
        paths("oldpath newpath", EventType.RENAME, EventType.RENAMEAT, EventType.RENAMEAT2);
        paths("newpath oldpath", EventType.LINK, EventType.LINKAT);
        paths("linkpath target", EventType.SYMLINK, EventType.SYMLINKAT);
        paths("dev dir", EventType.MOUNT);
    }

    private EventTypes() {}

    private static void paths(String parameters, EventType... types) {
        for (EventType type : types) {
            PATHS.put(type, List.of(parameters.split(" ")));
        }
    }

    /// Parameters for `fs.path.*`: one for the path, two for source and target, none.
    static List<String> paths(@Nullable EventType type) {
        return type == null ? List.of() : PATHS.getOrDefault(type, List.of());
    }

    /// Whether a successful call of this type creates a descriptor of a file or socket.
    static boolean makesDescriptor(@Nullable EventType type) {
        return makesFile(type) || makesSocket(type);
    }

    static boolean makesFile(@Nullable EventType type) {
        return type != null && MAKES_FILE.contains(type);
    }

    static boolean makesSocket(@Nullable EventType type) {
        return type != null && MAKES_SOCKET.contains(type);
    }

    static boolean opens(@Nullable EventType type) {
        return type != null && OPENS.contains(type);
    }

    /// Whether events of the type are call exits, and so have a result.
    static boolean returns(@Nullable EventType type) {
        return type != null && !NO_CALL.contains(type);
    }

    static boolean in(@Nullable EventType type, EventCategory category) {
        return type != null && type.category() == category;
    }
}
