package dev.tiercel.collector.files;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files that this process has mapped as long as it lives, and only reads: programs, the class cache, the JDK's
/// modules. A start touches most of their pages, most of them for the last time.
public final class MappedFiles {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final int MADV_DONTNEED = 4;
    private static final int MADV_NOHUGEPAGE = 15;
    private static final Pattern HEADER = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) (\\S+) \\S+ \\S+ [1-9]\\d* +(/.*)");
    private static final Pattern ANY_HEADER = Pattern.compile("[0-9a-f]+-[0-9a-f]+ .*");
    private static final Pattern LIVES_AS_LONG = Pattern.compile(".*(\\.aot|\\.jsa|/lib/modules)");

    private interface LibC extends Library {
        int madvise(Pointer address, NativeLong length, int advice);
    }

    private static final class Loaded {
        static final LibC LIBC = Native.load("c", LibC.class);
    }

    private MappedFiles() {}

    /// Takes their pages out of this process, and returns the bytes that were resident; 0 if /proc does not tell.
    ///
    /// A page comes back from the page cache when it is next read, without the two megabytes around it where huge
    /// pages are cached. A mapping with a page that is no longer the file's is left alone.
    public static long release() {
        long released = 0;
        Mapping mapping = Mapping.NONE;
        try (Stream<String> lines = Files.lines(MAPPINGS)) {
            for (String line : (Iterable<String>) lines::iterator) {
                if (ANY_HEADER.matcher(line).matches()) {
                    mapping = Mapping.of(line);
                } else if (line.startsWith("Rss:")) {
                    mapping = mapping.resident(kibibytes(line));
                } else if (line.startsWith("Anonymous:") && kibibytes(line) == 0) {
                    released += mapping.release();
                }
            }
        } catch (IOException e) {
            return released;
        }
        return released;
    }

    private static long kibibytes(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    /// @param length 0: one to be left alone
    private record Mapping(long address, long length, long resident) {
        static final Mapping NONE = new Mapping(0, 0, 0);

        static Mapping of(String header) {
            Matcher parts = HEADER.matcher(header);
            if (!parts.matches() || !isOnlyRead(parts.group(3), parts.group(4))) {
                return NONE;
            }
            long start = Long.parseUnsignedLong(parts.group(1), 16);
            return new Mapping(start, Long.parseUnsignedLong(parts.group(2), 16) - start, 0);
        }

        private static boolean isOnlyRead(String permissions, String path) {
            return permissions.startsWith("r-x")
                    || (permissions.startsWith("r--")
                            && LIVES_AS_LONG.matcher(path).matches());
        }

        Mapping resident(long kibibytes) {
            return new Mapping(address, length, kibibytes * 1024);
        }

        long release() {
            if (length == 0) {
                return 0;
            }
            boolean _ = advise(MADV_NOHUGEPAGE); // refused where the kernel has none
            return advise(MADV_DONTNEED) ? resident : 0;
        }

        private boolean advise(int advice) {
            return Loaded.LIBC.madvise(new Pointer(address), new NativeLong(length), advice) == 0;
        }
    }
}
