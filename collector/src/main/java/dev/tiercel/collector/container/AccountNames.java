package dev.tiercel.collector.container;

import dev.tiercel.collector.files.RootDirectory;
import dev.tiercel.schemas.RawText;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The names in one `passwd` and one `group` file.
///
/// The files may belong to a container and be hostile: only regular files below its root are read, at most
/// 1 MiB and 10,000 names are read, and malformed lines are skipped. Immutable; reading the files again makes another
/// object.
public final class AccountNames {
    /// Only root's names.
    public static final AccountNames NONE = new AccountNames(Map.of(), Map.of());

    private static final int LIMIT_BYTES = 1 << 20;
    private static final int LIMIT_NAMES = 10_000;
    private static final long ROOT = 0;
    private static final int HOME = 5;
    private static final int SHELL = 6;

    private static final User ROOT_USER = new User("root", "/root", "");

    private final Map<Long, User> users;
    private final Map<Long, String> groups;

    /// A line of `passwd`; what it lacks is empty.
    ///
    /// @param home directory
    /// @param shell login shell
    public record User(String name, String home, String shell) {}

    /// @param users by uid; the first line of a uid wins, as in getpwuid(3)
    /// @param groups name by gid
    private AccountNames(Map<Long, User> users, Map<Long, String> groups) {
        this.users = Map.copyOf(users);
        this.groups = Map.copyOf(groups);
    }

    /// The names in the files `passwd` and `group` of a directory; a missing or unreadable file has none.
    ///
    /// @param directory which links do not leave, see [RootDirectory]
    public static AccountNames read(Path directory) {
        return RootDirectory.open(directory)
                .map(opened -> {
                    try (opened) {
                        return read(opened, "");
                    }
                })
                .orElse(NONE);
    }

    /// The names of a container; empty while the process does not have the container's root: a runtime's helper has the
    /// host's until just before it starts the container's program, and a process that has ended has none.
    ///
    /// @param root of a process in the container
    /// @param host root of the host
    static Optional<AccountNames> ofContainer(Path root, Path host) {
        return RootDirectory.open(root).flatMap(opened -> {
            try (opened) {
                return opened.isSameAs(host) ? Optional.empty() : Optional.of(read(opened, "etc/"));
            }
        });
    }

    /// The names in the files of the first layer that has them, of each file.
    ///
    /// @param layers of an image's or a container's files, the topmost first
    static AccountNames ofLayers(List<Path> layers) {
        List<AccountNames> names = layers.stream()
                .flatMap(layer -> RootDirectory.open(layer).stream())
                .map(opened -> {
                    try (opened) {
                        return read(opened, "etc/");
                    }
                })
                .toList();
        return new AccountNames(first(names, each -> each.users), first(names, each -> each.groups));
    }

    private static <T> Map<Long, T> first(List<AccountNames> names, Function<AccountNames, Map<Long, T>> file) {
        return names.stream()
                .map(file)
                .filter(entries -> !entries.isEmpty())
                .findFirst()
                .orElse(Map.of());
    }

    private static AccountNames read(RootDirectory root, String prefix) {
        return new AccountNames(
                lines(root, prefix + "passwd", AccountNames::user), lines(root, prefix + "group", fields -> fields[0]));
    }

    private static User user(String[] fields) {
        return new User(
                fields[0], fields.length > HOME ? fields[HOME] : "", fields.length > SHELL ? fields[SHELL] : "");
    }

    /// Name of the user, `root` if uid 0 has no entry; null: no such user.
    public @Nullable String user(long uid) {
        User account = account(uid);
        return account == null ? null : account.name();
    }

    /// The user, with only root's name and home if uid 0 has no entry; null: no such user.
    public @Nullable User account(long uid) {
        User account = users.get(uid);
        return account == null && uid == ROOT ? ROOT_USER : account;
    }

    /// Name of the group, `root` if gid 0 has no entry; null: no such group.
    public @Nullable String group(long gid) {
        String name = groups.get(gid);
        return name == null && gid == ROOT ? "root" : name;
    }

    private static <T> Map<Long, T> lines(RootDirectory root, String path, Function<String[], T> line) {
        return root.read(path, LIMIT_BYTES)
                .map(content -> parse(RawText.of(content), line))
                .orElse(Map.of());
    }

    /// `name:password:id:…` lines, as in passwd(5) and group(5), by id.
    static <T> Map<Long, T> parse(String text, Function<String[], T> line) {
        Map<Long, T> entries = new HashMap<>();
        for (String each : text.split("\n", -1)) {
            String[] fields = each.split(":", -1);
            if (fields.length >= 3 && !fields[0].isEmpty() && entries.size() < LIMIT_NAMES) {
                long id = id(fields[2]);
                if (id >= 0) {
                    entries.putIfAbsent(id, line.apply(fields));
                }
            }
        }
        return entries;
    }

    private static long id(String text) {
        try {
            long id = Long.parseLong(text.strip());
            return id <= 0xffff_ffffL ? id : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
