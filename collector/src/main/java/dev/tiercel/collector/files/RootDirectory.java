package dev.tiercel.collector.files;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A root directory that somebody else controls, such as the root of a container, and the regular files below it.
///
/// It is kept open: what is read is of one root, even if its process ends or changes its root meanwhile. Links are
/// resolved inside that root, as for a process that has it; links of /proc are not followed. The file is
/// opened in two steps, since opening anything else than a regular file may hang, or have an effect (a FIFO, a
/// device): first without the right to read, which has no effect, then, once it is known to be a regular file, again
/// through that descriptor, so that no exchange in between matters. A file system that hangs still hangs the caller:
/// see [BoundedReads].
public final class RootDirectory implements AutoCloseable {
    /// The same number on every architecture.
    private static final long SYS_OPENAT2 = 437;

    private static final int O_RDONLY = 0;
    private static final int O_NOCTTY = 0x100;
    private static final int O_NONBLOCK = 0x800; // a lease makes an open wait otherwise
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_PATH = 0x200000;
    private static final long RESOLVE_NO_MAGICLINKS = 0x02;
    private static final long RESOLVE_IN_ROOT = 0x10;
    private static final int OPEN_HOW_BYTES = 24;
    private static final int CHUNK_BYTES = 64 * 1024;

    private interface LibC extends Library {
        int open(String path, int flags);

        int close(int descriptor);

        NativeLong read(int descriptor, byte[] buffer, NativeLong size);

        NativeLong syscall(NativeLong number, NativeLong directory, String path, Memory how, NativeLong size);
    }

    private static final class Loaded {
        static final LibC LIBC = Native.load("c", LibC.class);
    }

    private final int descriptor;

    private RootDirectory(int descriptor) {
        this.descriptor = descriptor;
    }

    /// The root; empty if it is absent or not accessible.
    ///
    /// @param root of the default file system; may itself be a link, such as /proc/PID/root
    public static Optional<RootDirectory> open(Path root) {
        int opened = Loaded.LIBC.open(root.toFile().getPath(), O_PATH | O_CLOEXEC);
        return opened < 0 ? Optional.empty() : Optional.of(new RootDirectory(opened));
    }

    /// Whether it is the same directory as the other one; false if that one is absent or not accessible.
    public boolean isSameAs(Path other) {
        try {
            return Files.isSameFile(ofDescriptor(descriptor), other);
        } catch (IOException e) {
            return false;
        }
    }

    /// The first bytes of the file; empty if it is absent, not a regular file, or not readable.
    ///
    /// @param path below the root
    /// @param limitBytes most that is read
    public Optional<byte[]> read(String path, int limitBytes) {
        int place = openBelow(descriptor, path);
        if (place < 0) {
            return Optional.empty();
        }
        try {
            Path link = ofDescriptor(place);
            return Files.isRegularFile(link) ? readAgain(link, limitBytes) : Optional.empty();
        } finally {
            close(place);
        }
    }

    @Override
    public void close() {
        close(descriptor);
    }

    private static Path ofDescriptor(int descriptor) {
        return Path.of("/proc/self/fd", Integer.toString(descriptor));
    }

    private static int openBelow(int directory, String path) {
        try (Memory how = new Memory(OPEN_HOW_BYTES)) {
            how.setLong(0, O_PATH | O_CLOEXEC);
            how.setLong(8, 0);
            how.setLong(16, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
            NativeLong result = Loaded.LIBC.syscall(
                    new NativeLong(SYS_OPENAT2), new NativeLong(directory), path, how, new NativeLong(OPEN_HOW_BYTES));
            return result.intValue();
        }
    }

    private static Optional<byte[]> readAgain(Path link, int limitBytes) {
        int file = Loaded.LIBC.open(link.toString(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (file < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(content(file, limitBytes));
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            close(file);
        }
    }

    private static byte[] content(int file, int limitBytes) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[Math.min(limitBytes, CHUNK_BYTES)];
        while (all.size() < limitBytes) {
            int wanted = Math.min(chunk.length, limitBytes - all.size());
            int count = Loaded.LIBC.read(file, chunk, new NativeLong(wanted)).intValue();
            if (count < 0) {
                throw new IOException("read failed");
            }
            if (count == 0) {
                break;
            }
            all.write(chunk, 0, count);
        }
        return all.toByteArray();
    }

    private static void close(int descriptor) {
        int _ = Loaded.LIBC.close(descriptor);
    }
}
