package dev.tiercel.collector.capture;

import dev.tiercel.kevent.KevHeader;
import dev.tiercel.kevent.KevWriter;
import dev.tiercel.kevent.KeventAbi;
import dev.tiercel.kevent.KeventHandler;
import dev.tiercel.service.Health;
import dev.tiercel.service.PlainCause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Records another source: writes every record to a `.kev` file on its way to the handler.
public final class RecordingSource implements RecordSource {
    private final RecordSource source;
    private final KevWriter writer;
    private final Path path;
    private long records;
    private boolean closed;

    private RecordingSource(RecordSource source, Path path, KevWriter writer) {
        this.source = source;
        this.path = path;
        this.writer = writer;
    }

    /// Records what is drained from `source` into a new file.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if `path` exists
    public static RecordingSource to(Path path, RecordSource source) throws IOException {
        Instant now = Instant.now();
        KevHeader header = new KevHeader(
                KeventAbi.VERSION,
                source.hostname(),
                ProbeSource.kernelRelease(),
                source.bootTimeEpochNanos(),
                now.getEpochSecond() * 1_000_000_000 + now.getNano());
        return new RecordingSource(source, path, KevWriter.create(path, header));
    }

    @Override
    public int drain(KeventHandler handler, int limit) {
        int drained = source.drain(
                (data, offset, length) -> {
                    writer.onRecord(data, offset, length);
                    handler.onRecord(data, offset, length);
                },
                limit);
        records = writer.records();
        return drained;
    }

    /// Records written so far.
    public long records() {
        return records;
    }

    /// Writes what was drained to the file. For the draining thread.
    public void flush() {
        try {
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path + ": " + PlainCause.of(e), e);
        }
    }

    @Override
    public boolean await(Duration timeout) {
        return source.await(timeout);
    }

    @Override
    public long bootTimeEpochNanos() {
        return source.bootTimeEpochNanos();
    }

    @Override
    public CaptureCounters counters() {
        return source.counters();
    }

    @Override
    public long pendingBytes() {
        return source.pendingBytes();
    }

    @Override
    public List<ProgramStatus> programs() {
        return source.programs();
    }

    @Override
    public Health check() {
        return source.check();
    }

    @Override
    public String describe() {
        return source.describe() + ", recorded to " + path;
    }

    @Override
    public String hostname() {
        return source.hostname();
    }

    @Override
    public boolean snapshotComplete() {
        return source.snapshotComplete();
    }

    @Override
    public boolean finished() {
        return source.finished();
    }

    /// Closes the source and completes the file. For the draining thread, or after it has ended.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (source;
                writer) {
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot complete " + path + ": " + PlainCause.of(e), e);
        }
    }
}
