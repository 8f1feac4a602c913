package dev.tiercel.collector.container;

import dev.tiercel.schemas.RawText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names in one `passwd` and one `group` file.
///
/// The files may belong to a container and be hostile: only regular files are read, links are not followed, at most
/// 1 MiB and 10,000 names are read, and malformed lines are skipped. Immutable; reading the files again makes another
/// object.
public final class AccountNames {
    /// Only root's names.
    public static final AccountNames NONE = new AccountNames(Map.of(), Map.of());

    private static final int LIMIT_BYTES = 1 << 20;
    private static final int LIMIT_NAMES = 10_000;
    private static final long ROOT = 0;

    private final Map<Long, String> users;
    private final Map<Long, String> groups;

    /// @param users name by uid; the first line of a uid wins, as in getpwuid(3)
    /// @param groups name by gid
    private AccountNames(Map<Long, String> users, Map<Long, String> groups) {
        this.users = Map.copyOf(users);
        this.groups = Map.copyOf(groups);
    }

    /// The names in `etc`; a missing or unreadable file has none.
    public static AccountNames read(Path etc) {
        if (Files.isSymbolicLink(etc)) {
            return NONE; // an absolute link in a container's root would resolve to the host's files
        }
        return new AccountNames(names(etc.resolve("passwd")), names(etc.resolve("group")));
    }

    /// Name of the user, `root` if uid 0 has no entry; null: no such user.
    public @Nullable String user(long uid) {
        String name = users.get(uid);
        return name == null && uid == ROOT ? "root" : name;
    }

    /// Name of the group, `root` if gid 0 has no entry; null: no such group.
    public @Nullable String group(long gid) {
        String name = groups.get(gid);
        return name == null && gid == ROOT ? "root" : name;
    }

    private static Map<Long, String> names(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Map.of();
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return parse(RawText.of(in.readNBytes(LIMIT_BYTES)));
        } catch (IOException e) {
            return Map.of();
        }
    }

    /// `name:password:id:…` lines, as in passwd(5) and group(5).
    static Map<Long, String> parse(String text) {
        Map<Long, String> names = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            String[] fields = line.split(":", 4);
            if (fields.length >= 3 && !fields[0].isEmpty() && names.size() < LIMIT_NAMES) {
                long id = id(fields[2]);
                if (id >= 0) {
                    names.putIfAbsent(id, fields[0]);
                }
            }
        }
        return names;
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
