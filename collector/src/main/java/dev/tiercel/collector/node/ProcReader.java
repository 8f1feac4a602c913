package dev.tiercel.collector.node;

import static dev.tiercel.schemas.ProcessAttribute.CWD;
import static dev.tiercel.schemas.ProcessAttribute.ENVIRONMENT;
import static dev.tiercel.schemas.ProcessAttribute.EXE_CHANGE_TIME;
import static dev.tiercel.schemas.ProcessAttribute.EXE_FLAGS;
import static dev.tiercel.schemas.ProcessAttribute.EXE_INODE;
import static dev.tiercel.schemas.ProcessAttribute.EXE_MODIFY_TIME;
import static dev.tiercel.schemas.ProcessAttribute.EXE_PATH;
import static dev.tiercel.schemas.ProcessAttribute.LOGIN_UID;
import static dev.tiercel.schemas.ProcessAttribute.NAME;
import static dev.tiercel.schemas.ProcessAttribute.TRUNCATED;

import dev.tiercel.collector.files.BoundedReads;
import dev.tiercel.schemas.ProcessAttribute;
import dev.tiercel.schemas.RawText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads the state of a process from /proc, for processes that no record has described. What cannot be read stays
/// unknown.
///
/// The command line, the environment and the executable are read by [BoundedReads]: they are in the memory of the
/// process and in its file system, which may hang, by intention or not. The rest is the kernel's own. Links are only
/// read, never followed.
final class ProcReader {
    /// /proc counts time in USER_HZ, hundredths of a second on every architecture.
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final int LIMIT_BYTES = 16 * 1024;

    /// The longest argv[0] that a kernel with pages of 4 KiB takes, and what is kept of the other arguments.
    private static final int ARGV_LIMIT_BYTES = 128 * 1024 + ArgumentVector.ARGUMENTS_LIMIT + 2;

    /// Values of `stat`, as proc(5) counts them. STATE is the first after the name, which may have blanks in it.
    private static final int STATE = 3;

    private static final int PPID = 4;
    private static final int SESSION = 6;
    private static final int STARTTIME = 22;

    /// `KEVENT_EXE_DELETED`.
    private static final int DELETED = 0x10;

    private static final String MEMFD_PREFIX = "/memfd:";
    private static final String DELETED_SUFFIX = " (deleted)";
    private static final int WITHHELD = Truncation.EXE | Truncation.ARGUMENTS | Truncation.ENVIRONMENT;

    /// What was found.
    ///
    /// @param parentPid 0: none
    /// @param cgroupPath empty: unknown
    /// @param complete false: the command line, the environment and the executable could not be read in time
    record Found(ProcessState state, int parentPid, String cgroupPath, boolean complete) {}

    /// The file `stat`.
    ///
    /// @param values from STATE on
    private record Stat(String name, List<String> values) {
        /// A value by its number in proc(5); 0: there is none.
        long number(int index) {
            return index - STATE < values.size() ? ProcReader.number(values.get(index - STATE)) : 0;
        }
    }

    /// What a process or its file system could withhold.
    private static final class Image {
        /// NUL-separated, argv[0] first.
        private final byte[] arguments;

        /// NUL-separated.
        private final byte[] environment;

        /// Attributes of the file; empty: not readable.
        private final Map<String, Object> executable;

        Image(Path dir) {
            arguments = content(dir.resolve("cmdline"), ARGV_LIMIT_BYTES);
            environment = content(dir.resolve("environ"), LIMIT_BYTES);
            executable = file(dir.resolve("exe"));
        }
    }

    private final Path proc;
    private final Path cgroups;
    private final EnvironmentFilter environment;
    private final BoundedReads reads;

    ProcReader(Path proc, EnvironmentFilter environment, BoundedReads reads) {
        this.proc = proc;
        this.cgroups = proc.resolveSibling("sys/fs/cgroup");
        this.environment = environment;
        this.reads = reads;
    }

    /// The process, if it is still running and started at that time, when all is read: else what was read may be of
    /// several processes with this pid.
    ///
    /// @param start nanoseconds since boot
    /// @param startTime the same since the epoch
    Optional<Found> read(int pid, long start, long startTime) {
        Path dir = proc.resolve(Integer.toString(pid));
        Optional<Found> found = stat(dir, start).map(stat -> found(pid, startTime, dir, stat));
        return stat(dir, start).flatMap(_ -> found);
    }

    /// Empty: the process with this start has ended.
    private static Optional<Stat> stat(Path dir, long start) {
        String stat = text(dir.resolve("stat"));
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')');
        if (open < 0 || close < open) {
            return Optional.empty();
        }
        List<String> values = List.of(stat.substring(close + 1).strip().split(" ", -1));
        Stat read = new Stat(stat.substring(open + 1, close), values);
        return read.number(STARTTIME) == start / NANOS_PER_TICK ? Optional.of(read) : Optional.empty();
    }

    private Found found(int pid, long startTime, Path dir, Stat stat) {
        ProcessState state = new ProcessState(pid, startTime);
        String exe = link(dir.resolve("exe"));
        boolean deleted = exe.endsWith(DELETED_SUFFIX);
        boolean memfd = deleted && exe.startsWith(MEMFD_PREFIX);
        byte[] path = bytes(deleted ? exe.substring(0, exe.length() - DELETED_SUFFIX.length()) : exe);
        state.set(NAME, bytes(stat.name));
        state.set(EXE_PATH, memfd ? RecordStates.withoutRoot(path) : path);
        state.set(EXE_FLAGS, memfd ? DELETED | RecordStates.EXE_MEMFD : deleted ? DELETED : 0);
        state.set(CWD, RecordStates.directory(bytes(link(dir.resolve("cwd")))));
        numbers(state, dir, stat);
        state.sid = (int) stat.number(SESSION);
        state.namespaces = namespaces(dir.resolve("ns"));
        String cgroup = cgroup(pid);
        Optional<Image> image = reads.call(cgroup, () -> new Image(dir));
        image.ifPresentOrElse(known -> set(state, known), () -> state.setTruncated(WITHHELD));
        return new Found(state, (int) stat.number(PPID), cgroup, image.isPresent());
    }

    /// Every number for which [ProcessAttribute#procPlace] names a place.
    private static void numbers(ProcessState state, Path dir, Stat stat) {
        Map<String, String> status = status(dir);
        for (ProcessAttribute attribute : ProcessAttribute.values()) {
            attribute.procPlace().ifPresent(place -> state.set(attribute, number(place, dir, stat, status)));
        }
        state.set(LOGIN_UID, RecordStates.loginUid(state.number(LOGIN_UID)));
    }

    private static long number(String place, Path dir, Stat stat, Map<String, String> status) {
        String[] words = place.split(" ", -1);
        return switch (words[0]) {
            case "stat" -> stat.number(Integer.parseInt(words[1]));
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

    /// Path of the cgroup with this inode, which the process is in; empty: unknown, or it is in another one by now.
    String cgroup(int pid, long id) {
        String path = cgroup(pid);
        long found = path.isEmpty() ? 0 : inode(cgroups.resolve(path.substring(1)));
        return found == 0 || found == id ? path : "";
    }

    private static long inode(Path directory) {
        try {
            return ((Number) Files.getAttribute(directory, "unix:ino")).longValue();
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return 0; // another hierarchy
        }
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

    private static Map<String, Object> file(Path exe) {
        try {
            return Files.readAttributes(exe, "unix:ino,ctime,lastModifiedTime");
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return Map.of(); // not to be read: unknown
        }
    }

    private void set(ProcessState state, Image image) {
        state.setArguments(image.arguments);
        state.set(ENVIRONMENT, environment.filter(image.environment));
        if (image.environment.length == LIMIT_BYTES) {
            state.setTruncated(state.number(TRUNCATED) | Truncation.ENVIRONMENT);
        }
        state.set(EXE_INODE, ((Number) image.executable.getOrDefault("ino", 0L)).longValue());
        state.set(EXE_CHANGE_TIME, nanos(image.executable.get("ctime")));
        state.set(EXE_MODIFY_TIME, nanos(image.executable.get("lastModifiedTime")));
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
        return RawText.of(content(file, LIMIT_BYTES));
    }

    private static byte[] content(Path file, int limit) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(limit);
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
