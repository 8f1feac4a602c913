package dev.tiercel.collector.node;

import static dev.tiercel.schemas.ProcessAttribute.ARGUMENTS;
import static dev.tiercel.schemas.ProcessAttribute.CWD;
import static dev.tiercel.schemas.ProcessAttribute.ENVIRONMENT;
import static dev.tiercel.schemas.ProcessAttribute.EXE_CHANGE_TIME;
import static dev.tiercel.schemas.ProcessAttribute.EXE_FLAGS;
import static dev.tiercel.schemas.ProcessAttribute.EXE_INODE;
import static dev.tiercel.schemas.ProcessAttribute.EXE_MODIFY_TIME;
import static dev.tiercel.schemas.ProcessAttribute.EXE_PATH;
import static dev.tiercel.schemas.ProcessAttribute.LOGIN_UID;
import static dev.tiercel.schemas.ProcessAttribute.NAME;

import dev.tiercel.schemas.ProcessAttribute;
import dev.tiercel.schemas.RawText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads the state of a process from /proc, for processes that no record has described. What cannot be read stays
/// unknown.
final class ProcReader {
    /// /proc counts time in USER_HZ, hundredths of a second on every architecture.
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final int LIMIT_BYTES = 16 * 1024;

    /// Values of `stat`, as proc(5) counts them. STATE is the first after the name, which may have blanks in it.
    private static final int STATE = 3;

    private static final int PPID = 4;
    private static final int SESSION = 6;
    private static final int STARTTIME = 22;

    /// `KEVENT_EXE_DELETED`.
    private static final int DELETED = 0x10;

    /// What was found.
    ///
    /// @param parentPid 0: none
    /// @param cgroupPath empty: unknown
    record Found(ProcessState state, int parentPid, String cgroupPath) {}

    private final Path proc;
    private final EnvironmentFilter environment;

    ProcReader(Path proc, EnvironmentFilter environment) {
        this.proc = proc;
        this.environment = environment;
    }

    /// The process, if it is still running and started at that time.
    ///
    /// @param start nanoseconds since boot
    /// @param startTime the same since the epoch
    Optional<Found> read(int pid, long start, long startTime) {
        Path dir = proc.resolve(Integer.toString(pid));
        String stat = text(dir.resolve("stat"));
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')');
        if (open < 0 || close < open) {
            return Optional.empty();
        }
        String[] fields = stat.substring(close + 1).strip().split(" ", -1);
        if (fields.length < 20 || number(fields[STARTTIME - STATE]) != start / NANOS_PER_TICK) {
            return Optional.empty();
        }
        ProcessState state = new ProcessState(pid, startTime);
        image(state, dir, stat.substring(open + 1, close));
        state.set(CWD, RecordStates.directory(bytes(link(dir.resolve("cwd")))));
        numbers(state, dir, fields);
        state.sid = (int) number(fields[SESSION - STATE]);
        state.namespaces = namespaces(dir.resolve("ns"));
        return Optional.of(new Found(state, (int) number(fields[PPID - STATE]), cgroup(pid)));
    }

    /// Every number for which [ProcessAttribute#procPlace] names a place.
    private static void numbers(ProcessState state, Path dir, String[] stat) {
        Map<String, String> status = status(dir);
        for (ProcessAttribute attribute : ProcessAttribute.values()) {
            attribute.procPlace().ifPresent(place -> state.set(attribute, number(place, dir, stat, status)));
        }
        state.set(LOGIN_UID, RecordStates.loginUid(state.number(LOGIN_UID)));
    }

    private static long number(String place, Path dir, String[] stat, Map<String, String> status) {
        String[] words = place.split(" ", -1);
        return switch (words[0]) {
            case "stat" -> number(stat[Integer.parseInt(words[1]) - STATE]);
            case "status" -> column(status.getOrDefault(words[1], ""), words[2]);
            default -> number(text(dir.resolve(place)).strip());
        };
    }

    /// @param column from 1, or `last`, or `hex` for a line that is one hexadecimal number
    private static long column(String line, String column) {
        return switch (column) {
            case "hex" -> hexadecimal(line);
            case "last" -> number(line.substring(line.lastIndexOf('\t') + 1));
            default -> number(field(line, Integer.parseInt(column) - 1));
        };
    }

    /// Inode of a process's mount namespace; 0: not readable.
    long mountNamespace(int pid) {
        return namespaces(proc.resolve(Integer.toString(pid)).resolve("ns"))[Namespaces.MNT];
    }

    /// Path of the process's cgroup in the hierarchy that the probe uses: the default one unless the process is in its
    /// root, else memory's, else that of pids; empty: unknown.
    String cgroup(int pid) {
        String best = "";
        int rank = 0;
        for (String line :
                text(proc.resolve(Integer.toString(pid)).resolve("cgroup")).split("\n", -1)) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3) {
                int lineRank = rank(parts[0], parts[1], parts[2]);
                best = lineRank > rank ? parts[2] : best;
                rank = Math.max(rank, lineRank);
            }
        }
        return best;
    }

    private static int rank(String hierarchy, String controllers, String path) {
        if (hierarchy.equals("0")) {
            return path.equals("/") ? 1 : 4;
        }
        String list = "," + controllers + ",";
        return list.contains(",memory,") ? 3 : list.contains(",pids,") ? 2 : 0;
    }

    private void image(ProcessState state, Path dir, String comm) {
        String exe = link(dir.resolve("exe"));
        boolean deleted = exe.endsWith(" (deleted)");
        String path = deleted ? exe.substring(0, exe.length() - " (deleted)".length()) : exe;
        state.set(NAME, bytes(comm));
        state.set(EXE_PATH, bytes(path));
        state.set(ARGUMENTS, content(dir.resolve("cmdline")));
        state.set(ENVIRONMENT, environment.filter(content(dir.resolve("environ"))));
        file(state, dir.resolve("exe"), deleted);
    }

    private static void file(ProcessState state, Path exe, boolean deleted) {
        try {
            Map<String, Object> facts = Files.readAttributes(exe, "unix:ino,ctime,lastModifiedTime");
            state.set(EXE_INODE, ((Number) facts.getOrDefault("ino", 0L)).longValue());
            state.set(EXE_CHANGE_TIME, nanos(facts.get("ctime")));
            state.set(EXE_MODIFY_TIME, nanos(facts.get("lastModifiedTime")));
            state.set(EXE_FLAGS, deleted ? DELETED : 0);
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            // not to be read: unknown
        }
    }

    private static long nanos(@Nullable Object time) {
        return time instanceof FileTime fileTime ? fileTime.to(TimeUnit.NANOSECONDS) : 0;
    }

    private static Map<String, String> status(Path dir) {
        Map<String, String> values = new HashMap<>();
        for (String line : text(dir.resolve("status")).split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                values.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return values;
    }

    private static long[] namespaces(Path dir) {
        String[] names = {"mnt", "pid", "net", "user", "uts", "ipc", "cgroup"};
        long[] inodes = new long[names.length];
        for (int i = 0; i < names.length; i++) {
            String link = link(dir.resolve(names[i])); // mnt:[4026531841]
            int open = link.indexOf('[');
            inodes[i] = open < 0 ? 0 : number(link.substring(open + 1, link.length() - 1));
        }
        return inodes;
    }

    private static String link(Path link) {
        try {
            return RawText.of(LinkTarget.read(link));
        } catch (IOException | SecurityException e) {
            return "";
        }
    }

    private static String text(Path file) {
        return RawText.of(content(file));
    }

    private static byte[] content(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LIMIT_BYTES);
        } catch (IOException | SecurityException e) {
            return ProcessState.NOTHING;
        }
    }

    private static String field(String tabbed, int index) {
        String[] fields = tabbed.split("\\s+", -1);
        return index < fields.length ? fields[index] : "";
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static long hexadecimal(String text) {
        try {
            return Long.parseUnsignedLong(text, 16);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static byte[] bytes(String text) {
        return RawText.bytes(text);
    }
}
