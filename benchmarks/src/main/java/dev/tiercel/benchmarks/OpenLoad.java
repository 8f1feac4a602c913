package dev.tiercel.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A process that opens files at a steady rate, and occasionally a marker file that a rule matches.
///
/// Arguments: directory, opens per second, seconds, total number of marker files. Runs in a separate JVM, as the probe
/// ignores the collector's own.
final class OpenLoad {
    private static final long TICK_NANOS = Duration.ofMillis(5).toNanos();

    private OpenLoad() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int perSecond = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        int markers = Integer.parseInt(arguments[3]);
        List<Path> ordinary = List.of(
                Path.of("/dev/null"),
                Path.of("/etc/hostname"),
                Path.of("/proc/self/stat"),
                Files.createFile(folder.resolve("ordinary")));
        long start = System.nanoTime();
        long ticks = seconds * 1_000_000_000L / TICK_NANOS;
        long opened = 0;
        int marked = 0;
        for (long tick = 0; tick < ticks; tick++) {
            long due = (tick + 1) * perSecond * TICK_NANOS / 1_000_000_000L;
            while (opened < due) {
                open(ordinary.get((int) (opened++ % ordinary.size())));
            }
            if (marked < markers * (tick + 1) / ticks) {
                open(folder.resolve("marker-" + marked++));
            }
            LockSupport.parkNanos(start + (tick + 1) * TICK_NANOS - System.nanoTime());
        }
        System.out.printf("%d opens in %.1f s%n", opened, (System.nanoTime() - start) / 1e9);
    }

    /// A marker file does not exist: the failed call is an event, too.
    private static void open(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position();
        } catch (NoSuchFileException marker) {
            return;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
