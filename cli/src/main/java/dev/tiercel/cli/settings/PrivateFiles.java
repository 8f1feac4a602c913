package dev.tiercel.cli.settings;

import dev.tiercel.cli.output.EnvironmentException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;

/// Files and directories that no other user can read or change. What is not so is refused, with the command that mends
/// it.
public final class PrivateFiles {
    private static final int PERMISSIONS = 07777;
    private static final int OTHERS = 0077;
    private static final int WORLD_WRITABLE = 0002;
    private static final int STICKY = 01000;
    private static final int ROOT = 0;

    private PrivateFiles() {}

    /// Creates a directory that only its owner can use, or checks that it is one.
    ///
    /// @throws EnvironmentException if it is another's, open to others, or no directory
    public static void directory(Path path) throws IOException {
        try {
            Files.createDirectory(path, only("rwx------"));
        } catch (FileAlreadyExistsException present) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new EnvironmentException(path + " is not a directory; remove it, or choose another with --data");
            }
            check(path, "700");
        }
    }

    /// The content of a private file.
    ///
    /// @throws EnvironmentException if it is another's, open to others, or no regular file
    public static String read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new EnvironmentException(file + " is not a regular file; remove it");
        }
        check(file, "600");
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Writes a private file in a private directory; replaces one that is there. No reader ever sees a part of it.
    public static void write(Path file, String content) throws IOException {
        Path fresh = fresh(file, content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// The same, unless the file is there already.
    public static void writeOnce(Path file, String content) throws IOException {
        Path fresh = fresh(file, content);
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException another) {
            return; // of a process that started at the same time
        } finally {
            Files.delete(fresh);
        }
    }

    /// Creates a private file, to be written.
    ///
    /// @throws FileAlreadyExistsException if there is one, or a link
    public static OutputStream create(Path file) throws IOException {
        return Channels.newOutputStream(FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), only("rw-------")));
    }

    /// A new file beside `file`, with the permissions it is to have from its first moment on.
    private static Path fresh(Path file, String content) throws IOException {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        Path fresh = file.resolveSibling(
                "." + file.getFileName() + "." + HexFormat.of().formatHex(random));
        try (FileChannel channel = FileChannel.open(
                fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), only("rw-------"))) {
            ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(true);
        }
        return fresh;
    }

    private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static void check(Path path, String mode) throws IOException {
        int owner = owner(path);
        int self = self();
        if (owner != self) {
            throw new EnvironmentException(path + " belongs to user " + owner + ", not to user " + self
                    + " who runs this; run it as that user, or: sudo chown -R " + self + " " + quoted(path));
        }
        if ((mode(path) & OTHERS) != 0) {
            throw new EnvironmentException("%s is open to other users, mode %o; close it: chmod %s %s"
                    .formatted(path, mode(path) & PERMISSIONS, mode, quoted(path)));
        }
    }

    /// Checks that no other user put something into a directory before it was private.
    ///
    /// @throws EnvironmentException naming an entry that is another's
    static void requireOwnEntries(Path directory) throws IOException {
        int self = self();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                if (owner(entry) != self) {
                    throw new EnvironmentException(entry + " belongs to user " + owner(entry) + ", not to user " + self
                            + " who runs this; remove it, or if you trust it: sudo chown -hR " + self + " "
                            + quoted(entry));
                }
            }
        }
    }

    /// Checks that no other user can replace `path`: every directory above it, and every symbolic link on the way,
    /// belongs to root or to this user.
    ///
    /// @throws EnvironmentException naming the one that does not
    static void requireSafeParents(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) requireTrusted(path, path);
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            if (!Files.exists(above, LinkOption.NOFOLLOW_LINKS)) continue;
            requireTrusted(above, path);
            int mode = mode(above);
            boolean replaceable = (mode & WORLD_WRITABLE) != 0 && (mode & STICKY) == 0;
            if (replaceable && !Files.isSymbolicLink(above)) {
                throw new EnvironmentException("anybody could replace %s: %s is writable for all, mode %o; chmod o-w %s"
                        .formatted(path, above, mode & PERMISSIONS, quoted(above)));
            }
        }
    }

    private static void requireTrusted(Path part, Path path) throws IOException {
        int owner = owner(part);
        if (owner != ROOT && owner != self() && !isBehindSudo(owner)) {
            throw new EnvironmentException(part + " belongs to user " + owner + ", who could replace " + path
                    + "; choose another data directory with --data");
        }
    }

    /// The user who became root by sudo for this very command.
    private static boolean isBehindSudo(int user) throws IOException {
        return self() == ROOT && Integer.toString(user).equals(System.getenv("SUDO_UID"));
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static int mode(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    }

    /// The effective user of this process: with file capabilities `/proc/self` itself belongs to root.
    private static int self() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("Uid:"))
                    .map(line -> Integer.valueOf(line.split("\\s+", -1)[2]))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no Uid in /proc/self/status"));
        }
    }

    private static String quoted(Path path) {
        return path.toString().matches("[A-Za-z0-9/._-]+")
                ? path.toString()
                : "'" + path.toString().replace("'", "'\\''") + "'";
    }
}
