package dev.tiercel.collector.store;

import dev.tiercel.service.PlainCause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A directory that belongs to one collector: mode 0700, its files 0600, locked while it is in use.
///
/// The kernel releases the lock with the process, so a kill -9 leaves none behind.
public final class StateDirectory implements AutoCloseable {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;
    private final FileChannel lock;

    private StateDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Creates the directory if it is missing, and locks it.
    ///
    /// @return empty: it cannot be created or written here, for example for want of privileges
    /// @throws IllegalStateException if another collector uses it, or others than its owner may write to it
    public static Optional<StateDirectory> open(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent(), OWNER_ONLY);
            if (!Files.exists(path)) {
                Files.createDirectory(path, OWNER_ONLY);
            }
            checkRights(path);
            return Optional.of(new StateDirectory(path, lock(path)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Batches hold command lines and file names, and what is in the directory is published as this node's.
    private static void checkRights(Path path) throws IOException {
        Set<PosixFilePermission> rights = EnumSet.copyOf(Files.getPosixFilePermissions(path));
        rights.removeAll(PosixFilePermissions.fromString("rwx------"));
        if (!rights.isEmpty()) {
            throw new IllegalStateException("others than the owner have access to the collector's state directory "
                    + path + " (" + PosixFilePermissions.toString(rights) + "); run: chmod 700 " + path);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(
                path.resolve("lock"),
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                FILE);
        if (tryLock(channel) == null) {
            String owner = owner(channel);
            channel.close();
            throw new IllegalStateException("another collector uses the state directory " + path + owner
                    + "; stop it, or choose another directory with collector.state-dir");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this process
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String written = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
        return written.matches("\\d+") ? " (process " + written + ")" : "";
    }

    /// Where it is.
    public Path path() {
        return path;
    }

    /// Opens a file of it for reading and writing, created if missing; never follows a link.
    FileChannel open(String name) throws IOException {
        return FileChannel.open(
                path.resolve(name),
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                FILE);
    }

    /// Replaces a small text file as a whole: a reader sees the old text or the new one.
    void replace(String name, String text) throws IOException {
        Path temporary = path.resolve(name + ".new");
        try (FileChannel channel = open(name + ".new")) {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        }
        Files.move(temporary, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /// A small text file; empty: there is none.
    Optional<String> read(String name) {
        try (FileChannel channel =
                FileChannel.open(path.resolve(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer text = ByteBuffer.allocate(256);
            int length = Math.max(0, channel.read(text));
            return Optional.of(new String(text.array(), 0, length, StandardCharsets.US_ASCII));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path.resolve(name) + ": " + PlainCause.of(e), e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the lock of " + path, e);
        }
    }
}
