package dev.tiercel.collector.capture;

import dev.tiercel.kevent.KeventHandler;
import dev.tiercel.service.Health;
import dev.tiercel.service.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Captures from the kernel of this machine: first a snapshot of the running processes, then what the probe emits.
/// The snapshot is taken on a thread of its own, since it may exceed the ring unless the ring is drained meanwhile.
public final class ProbeSource implements RecordSource {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeSource.class);

    private final Probe probe;
    private final BootClock clock = BootClock.ofThisMachine();
    private final String hostname;
    private final Worker snapshot = new Worker("probe-snapshot", Duration.ofSeconds(1));
    private volatile Optional<String> snapshotFailure = Optional.empty();

    private ProbeSource(Probe probe) {
        this.probe = probe;
        this.hostname = readHostname();
    }

    /// Attaches the probe and starts the snapshot.
    ///
    /// @throws ProbeException as [Probe#open]
    public static ProbeSource open(ProbeOptions options) {
        Probe probe = Probe.open(options);
        try {
            ProbeSource source = new ProbeSource(probe);
            source.snapshot.start(source::takeSnapshot, () -> {});
            return source;
        } catch (RuntimeException e) {
            probe.close();
            throw e;
        }
    }

    private static String readHostname() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the host name", e);
        }
    }

    private void takeSnapshot() {
        try {
            LOG.debug("snapshot processes={}", probe.snapshot());
        } catch (ProbeException e) {
            snapshotFailure = Optional.of(String.valueOf(e.getMessage()));
            LOG.warn("no start-up snapshot, so running processes are unknown until they exec: {}", e.getMessage());
        } catch (IllegalStateException e) {
            snapshotFailure = Optional.of(String.valueOf(e.getMessage())); // closed before it began
        }
        snapshot.close();
    }

    @Override
    public int drain(KeventHandler handler, int limit) {
        return probe.drain(handler, limit);
    }

    @Override
    public boolean await(Duration timeout) {
        return probe.await(timeout);
    }

    @Override
    public boolean awaitFirst(Duration timeout) {
        return probe.awaitFirst(timeout);
    }

    @Override
    public long bootTimeEpochNanos() {
        return clock.bootTimeEpochNanos();
    }

    @Override
    public CaptureCounters counters() {
        return probe.counters();
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public long pendingBytes() {
        return probe.pendingBytes();
    }

    @Override
    public List<ProgramStatus> programs() {
        return probe.programs();
    }

    /// See [Probe#select].
    public void select(BitSet syscalls) {
        probe.select(syscalls);
    }

    @Override
    public String describe() {
        List<ProgramStatus> programs = programs();
        long attached = programs.stream().filter(ProgramStatus::attached).count();
        String refused = programs.stream()
                .filter(program -> !program.attached())
                .map(ProgramStatus::name)
                .collect(Collectors.joining(", "));
        return "kernel " + kernelRelease() + ", " + attached + " probe programs attached"
                + (refused.isEmpty() ? "" : ", refused: " + refused)
                + snapshotFailure
                        .map(reason -> ", no start-up snapshot: " + reason)
                        .orElse("");
    }

    static String kernelRelease() {
        return System.getProperty("os.version", "unknown");
    }

    @Override
    public String hostname() {
        return hostname;
    }

    @Override
    public boolean snapshotComplete() {
        return !snapshot.running();
    }

    @Override
    public boolean finished() {
        return false;
    }

    @Override
    public Health check() {
        return snapshot.check();
    }

    @Override
    public void close() {
        probe.close(); // waits for the snapshot
        snapshot.close();
    }
}
