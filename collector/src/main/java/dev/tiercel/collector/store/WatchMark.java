package dev.tiercel.collector.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Notes each second on disk that the node is being watched, so that the next run can state the gap before it.
///
/// The file has one line: `1 TIME BOOT-ID running|stopped`. Single-threaded.
public final class WatchMark {
    private static final String NAME = "watched";
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final long INTERVAL_NANOS = 1_000_000_000;

    private final StateDirectory directory;
    private final String bootId;
    private final LongSupplier epochNanos;
    private long written;

    /// A time in which nobody watched the node.
    ///
    /// @param from last seen running, nanoseconds since the epoch
    /// @param to start of this run
    /// @param reason `stopped`, `killed` or `booted`
    public record Gap(long from, long to, String reason) {}

    public WatchMark(StateDirectory directory, LongSupplier epochNanos) {
        this(directory, epochNanos, bootId());
    }

    WatchMark(StateDirectory directory, LongSupplier epochNanos, String bootId) {
        this.directory = directory;
        this.epochNanos = epochNanos;
        this.bootId = bootId;
    }

    private static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /// The gap between the last mark and `start`; empty: there is no mark of this version, it is the first run here.
    public Optional<Gap> gapBefore(long start) {
        return directory.read(NAME).map(String::strip).flatMap(mark -> parse(mark, start));
    }

    private Optional<Gap> parse(String mark, long start) {
        String[] words = mark.split(" ", -1);
        if (words.length != 4 || !words[0].equals("1") || !words[1].matches("\\d{1,19}")) {
            return Optional.empty();
        }
        String reason =
                words[3].equals("stopped") ? "stopped" : words[2].equals(bootId) ? "killed" : "booted";
        long from = Math.min(Long.parseUnsignedLong(words[1]) & Long.MAX_VALUE, start); // a clock may be set back
        return Optional.of(new Gap(from, start, reason));
    }

    /// Notes that the node is watched now, at most once a second.
    public void running() throws IOException {
        long now = epochNanos.getAsLong();
        if (Math.abs(now - written) >= INTERVAL_NANOS) {
            write(now, "running");
        }
    }

    /// Notes an orderly end.
    public void stopped() throws IOException {
        write(epochNanos.getAsLong(), "stopped");
    }

    private void write(long now, String state) throws IOException {
        written = now;
        directory.replace(NAME, "1 " + now + " " + bootId + " " + state + "\n");
    }
}
