package dev.tiercel.collector.capture;

import dev.tiercel.kevent.HeaderDecoder;
import dev.tiercel.kevent.KevHeader;
import dev.tiercel.kevent.KevReader;
import dev.tiercel.kevent.KeventClass;
import dev.tiercel.kevent.KeventHandler;
import dev.tiercel.kevent.KeventType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Replays a recording, as fast as it is drained or at its own pace. Its records keep the host and time of the
/// recording.
public final class KevSource implements RecordSource {
    private static final Logger LOG = LoggerFactory.getLogger(KevSource.class);

    private final Path path;
    private final KevReader reader;
    private final OptionalDouble factor;
    private final AtomicLongArray emitted = new AtomicLongArray(KeventClass.values().length);
    private final HeaderDecoder header = new HeaderDecoder();
    private volatile boolean finished;
    private volatile long malformed;
    private volatile boolean closed;
    private boolean started;
    private long firstKtime;
    private long startNanos;

    private KevSource(Path path, OptionalDouble factor) throws IOException {
        this.path = path;
        this.factor = factor;
        this.reader = KevReader.open(path);
    }

    /// Replays records as fast as they are drained.
    ///
    /// @throws dev.tiercel.kevent.KevFormatException if the file is not a recording of this ABI version
    public static KevSource open(Path path) throws IOException {
        return new KevSource(path, OptionalDouble.empty());
    }

    /// Replays records at their recorded intervals divided by `factor`: 2 is twice as fast.
    ///
    /// @throws dev.tiercel.kevent.KevFormatException if the file is not a recording of this ABI version
    public static KevSource paced(Path path, double factor) throws IOException {
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("factor=" + factor + " is not a positive number");
        }
        return new KevSource(path, OptionalDouble.of(factor));
    }

    @Override
    public int drain(KeventHandler handler, int limit) {
        requireOpen();
        try {
            int delivered = factor.isEmpty() ? readSome(handler, limit) : readDue(handler, limit);
            malformed = reader.malformed();
            if (reader.finished() && !finished) {
                finish();
            }
            return delivered;
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the recording " + path + " is closed");
        }
    }

    private int readSome(KeventHandler handler, int limit) throws IOException {
        return reader.drain(
                (data, offset, length) -> {
                    count(data, offset);
                    handler.onRecord(data, offset, length);
                },
                limit);
    }

    private int readDue(KeventHandler handler, int limit) throws IOException {
        int delivered = 0;
        while (delivered < limit && waitNanos() <= 0) {
            int read = readSome(handler, 1);
            if (read == 0) {
                break;
            }
            delivered += read;
        }
        return delivered;
    }

    /// Nanoseconds until the next record is due; 0 or less: now. The first event starts the clock; the snapshot before
    /// it and the end of the recording are due at once.
    private long waitNanos() throws IOException {
        int type = reader.nextType();
        if (type == 0 || type == KeventType.PROCESS) {
            return 0;
        }
        long ktime = reader.nextKtime().orElseThrow();
        long now = System.nanoTime();
        if (!started) {
            started = true;
            firstKtime = ktime;
            startNanos = now;
        }
        return (long) ((ktime - firstKtime) / factor.orElseThrow()) - (now - startNanos);
    }

    /// A recording does not keep the class under which the probe counted a plain syscall: it counts as OTHER.
    private void count(ByteBuffer data, int offset) {
        header.wrap(data, offset);
        KeventClass kind = switch (header.type()) {
            case KeventType.PROCESS, KeventType.EXEC, KeventType.FORK, KeventType.EXIT -> KeventClass.PROCESS;
            case KeventType.OPEN -> KeventClass.OPEN;
            case KeventType.SOCKET -> KeventClass.NET;
            default -> KeventClass.OTHER;
        };
        emitted.setPlain(kind.index(), emitted.getPlain(kind.index()) + 1);
    }

    private void finish() {
        finished = true;
        if (reader.cutBytes() > 0) {
            LOG.warn("{} ends within a record: its last {} bytes are ignored", path, reader.cutBytes());
        }
        if (reader.malformed() > 0) {
            LOG.warn("{} has {} malformed records, which were skipped", path, reader.malformed());
        }
    }

    @Override
    public boolean await(Duration timeout) {
        requireOpen();
        if (finished || factor.isEmpty()) {
            return !finished;
        }
        try {
            long wait = waitNanos();
            LockSupport.parkNanos(Math.min(wait, timeout.toNanos()));
            return waitNanos() <= 0;
        } catch (IOException e) {
            return true; // the next drain fails with it
        }
    }

    @Override
    public long bootTimeEpochNanos() {
        return reader.header().bootTimeEpochNanos();
    }

    @Override
    public CaptureCounters counters() {
        List<Long> none = Arrays.stream(KeventClass.values()).map(kind -> 0L).toList();
        List<Long> counts = Arrays.stream(KeventClass.values())
                .map(kind -> emitted.get(kind.index()))
                .toList();
        return new CaptureCounters(counts, none, none, 0, 0, malformed);
    }

    @Override
    public String describe() {
        KevHeader origin = reader.header();
        Instant created = Instant.ofEpochSecond(0, origin.createdEpochNanos());
        return "recording %s of %s, kernel %s, %s".formatted(path, origin.hostname(), origin.kernelRelease(), created);
    }

    @Override
    public String hostname() {
        return reader.header().hostname();
    }

    @Override
    public boolean snapshotComplete() {
        return true;
    }

    @Override
    public boolean finished() {
        return finished;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            reader.close();
        } catch (IOException e) {
            LOG.warn("cannot close {}: {}", path, e.getMessage());
        }
    }
}
