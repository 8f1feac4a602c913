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

/// Reads a regular file below a root directory that somebody else controls, such as the root of a container.
///
/// Links are resolved inside that root, as for a process that has it; links of /proc are not followed. The file is
/// opened in two steps, since opening anything else than a regular file may hang, or have an effect (a FIFO, a
/// device): first without the right to read, which has no effect, then, once it is known to be a regular file, again
/// through that descriptor, so that no exchange in between matters. A file system that hangs still hangs the caller:
/// see [BoundedReads].
public final class RootedFile {
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

    private RootedFile() {}

    /// The first bytes of the file; empty if it is absent, not a regular file, or not readable.
    ///
    /// @param root of the default file system; may itself be a link, such as /proc/PID/root
    /// @param path below the root
    /// @param limitBytes most that is read
    public static Optional<byte[]> read(Path root, String path, int limitBytes) {
        int directory = Loaded.LIBC.open(root.toFile().getPath(), O_PATH | O_CLOEXEC);
        if (directory < 0) {
            return Optional.empty();
        }
        try {
            return readBelow(directory, path, limitBytes);
        } finally {
            close(directory);
        }
    }

    private static Optional<byte[]> readBelow(int directory, String path, int limitBytes) {
        int place = openBelow(directory, path);
        if (place < 0) {
            return Optional.empty();
        }
        try {
            Path link = Path.of("/proc/self/fd", Integer.toString(place));
            return Files.isRegularFile(link) ? readAgain(link, limitBytes) : Optional.empty();
        } finally {
            close(place);
        }
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
