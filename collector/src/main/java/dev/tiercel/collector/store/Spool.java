package dev.tiercel.collector.store;

import dev.tiercel.collector.batch.Batch;
import dev.tiercel.service.PlainCause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Batches that wait on disk for the broker, in order, in segment files of about 1 MiB; never more bytes than its
/// limit.
///
/// A batch is appended, read, and removed once it is acknowledged. When there is no room, the oldest segments are
/// rewritten without the events of the lowest rank ([EventRank]): their batches stay in the sequence and count what
/// they lost. Nothing is forced to the disk: what is written survives the process, not the machine's power. The next
/// run reads again from the last acknowledgement that was noted. Single-threaded.
public final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final String NOTE = "acknowledged";
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final int NOTE_BYTES = 256 << 10;
    private static final long FREE_BYTES = 64L << 20;
    private static final long RETRY_NANOS = 1_000_000_000;

    private final StateDirectory directory;
    private final long limit;
    private final SpoolRecord record = new SpoolRecord();
    private final Eviction eviction;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final Losses losses = new Losses();
    private Position readAt = new Position(0, Segment.HEADER_BYTES);
    private Position acknowledged = readAt;
    private Position noted = readAt;
    private long nextNumber = 1;
    private @Nullable Segment writing;
    private @Nullable Spooled next;
    private @Nullable String failure;
    private long retryAt;

    /// A place in the spool.
    ///
    /// @param segment its number
    /// @param offset where a record begins or ends
    public record Position(long segment, long offset) {}

    /// A batch read from the spool.
    ///
    /// @param end position to acknowledge it with
    /// @param inherited whether an earlier run of the collector wrote it
    public record Spooled(Batch batch, Position end, boolean inherited) {}

    private Spool(StateDirectory directory, long limit) {
        this.directory = directory;
        this.limit = Math.max(limit, 8L * SEGMENT_BYTES);
        this.eviction = new Eviction(record, losses);
    }

    /// Opens what an earlier run left, and cuts off what it did not finish writing.
    ///
    /// @param limit most bytes on disk; at least 8 MiB
    /// @throws UncheckedIOException if the directory cannot be read or written
    public static Spool open(StateDirectory directory, long limit) {
        Spool spool = new Spool(directory, limit);
        try {
            spool.recover();
            return spool;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the spool in " + directory.path() + ": " + PlainCause.of(e), e);
        }
    }

    private void recover() throws IOException {
        Position from = note().orElse(readAt);
        nextNumber = from.segment() + 1;
        for (long number : numbers()) {
            nextNumber = number + 1;
            if (number < from.segment()) {
                Files.delete(directory.path().resolve(number + ".spool"));
                continue;
            }
            long offset = number == from.segment() ? from.offset() : Segment.HEADER_BYTES;
            Segment.Recovered recovered = Segment.recover(directory, number, offset, record);
            if (segments.isEmpty()) {
                readAt = new Position(number, recovered.readAt());
            }
            segments.add(recovered.segment());
            sayCut(number, recovered.cutBytes());
        }
        acknowledged = readAt;
        noted = readAt;
        removeIfEmpty();
    }

    private static void sayCut(long segment, long bytes) {
        if (bytes > 0) {
            LOG.warn(
                    "the last {} bytes of spool segment {} were not completely written and are left out",
                    bytes,
                    segment);
        }
    }

    private List<Long> numbers() throws IOException {
        try (Stream<Path> files = Files.list(directory.path())) {
            return files.map(file -> Segment.number(file.getFileName().toString()))
                    .filter(number -> number >= 0)
                    .sorted()
                    .toList();
        }
    }

    private Optional<Position> note() {
        return directory
                .read(NOTE)
                .map(String::strip)
                .filter(text -> text.matches("1 \\d{1,18} \\d{1,18}"))
                .map(text -> text.split(" ", -1))
                .map(words -> new Position(Long.parseLong(words[1]), Long.parseLong(words[2])));
    }

    /// Appends a batch; false: the disk has no room now or fails, which is logged once.
    public boolean append(Batch batch) {
        if (failure != null && System.nanoTime() - retryAt < 0) {
            return false;
        }
        try {
            Segment target = target(); // first: making room uses the record
            record.set(batch);
            target.append(record);
            failure = null;
            return true;
        } catch (IOException e) {
            failed(e);
            return false;
        }
    }

    /// Appends a batch that is in flight already, so that only a later run reads it; all before it must have been read.
    ///
    /// @return null: the disk has no room now or fails
    public @Nullable Position keep(Batch batch) {
        if (!append(batch) || writing == null) {
            return null;
        }
        writing.taken(record);
        readAt = new Position(writing.number(), writing.size());
        return readAt;
    }

    private void failed(IOException e) {
        if (failure == null) {
            LOG.warn(
                    "cannot write to the spool in {}, so the kernel's ring has to hold the events: {}",
                    directory.path(),
                    PlainCause.of(e));
        }
        failure = PlainCause.of(e);
        retryAt = System.nanoTime() + RETRY_NANOS;
    }

    private Segment target() throws IOException {
        Segment current = writing;
        if (current != null && current.size() < SEGMENT_BYTES) {
            return current;
        }
        long free = Files.getFileStore(directory.path()).getUsableSpace();
        if (free < FREE_BYTES) {
            throw new IOException("less than " + (FREE_BYTES >> 20) + " MiB are free");
        }
        if (current != null && current.number() != readAt.segment()) {
            current.close();
        }
        eviction.makeRoom(segments, readAt.segment(), limit - 2 * SEGMENT_BYTES);
        Segment created = Segment.create(directory, nextNumber++);
        if (segments.isEmpty()) {
            readAt = new Position(created.number(), Segment.HEADER_BYTES);
            acknowledged = readAt;
            noted = readAt;
        }
        segments.add(created);
        writing = created;
        return created;
    }

    /// Whether a batch is there that was not yet read.
    public boolean hasUnread() {
        return next != null || (!segments.isEmpty() && peek() != null);
    }

    /// The next batch to read, the same until [#advance]; null: all are read.
    public @Nullable Spooled peek() {
        if (next == null) {
            next = read();
        }
        return next;
    }

    private @Nullable Spooled read() {
        for (Segment segment : segments) {
            if (segment.number() < readAt.segment()) {
                continue;
            }
            long offset = segment.number() == readAt.segment() ? readAt.offset() : Segment.HEADER_BYTES;
            readAt = new Position(segment.number(), offset);
            if (offset < segment.size()) {
                Spooled found = read(segment, offset);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /// The batch at `offset`; null: it and what follows in the segment is damaged and counted as lost.
    private @Nullable Spooled read(Segment segment, long offset) {
        try {
            Batch batch = segment.read(offset, record);
            if (batch != null) {
                segment.taken(record);
                Position end = new Position(segment.number(), offset + record.length());
                return new Spooled(batch, end, segment.inherited());
            }
        } catch (IOException e) {
            LOG.warn("reading spool segment {}: {}", segment.number(), PlainCause.of(e));
        }
        LOG.warn(
                "spool segment {} is damaged at byte {}; {} events are lost",
                segment.number(),
                offset,
                segment.unread());
        losses.damaged(segment);
        readAt = new Position(segment.number(), segment.size());
        return null;
    }

    /// The batch that [#peek] returned is on its way.
    public void advance() {
        Spooled taken = next;
        if (taken != null) {
            readAt = taken.end();
            next = null;
        }
    }

    /// Everything up to this position is acknowledged, or refused for good.
    public void acknowledged(Position end) {
        acknowledged = end;
        try {
            while (!segments.isEmpty() && segments.getFirst().number() < end.segment()) {
                segments.removeFirst().delete();
            }
            removeIfEmpty();
            if (!segments.isEmpty()
                    && (end.segment() != noted.segment() || end.offset() - noted.offset() >= NOTE_BYTES)) {
                note(end);
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    /// Everything that was read is acknowledged, or refused for good.
    public void settled() {
        if (!segments.isEmpty()) {
            acknowledged(readAt);
        }
    }

    private void removeIfEmpty() throws IOException {
        Segment last = segments.peekLast();
        if (last == null || (acknowledged.segment() == last.number() && acknowledged.offset() >= last.size())) {
            for (Segment segment : segments) {
                segment.delete();
            }
            segments.clear();
            writing = null;
            Files.deleteIfExists(directory.path().resolve(NOTE));
        }
    }

    private void note(Position end) throws IOException {
        directory.replace(NOTE, "1 " + end.segment() + " " + end.offset() + "\n");
        noted = end;
    }

    /// Events not yet read, of this run or of earlier ones.
    public long unread(boolean inherited) {
        long events = 0;
        for (Segment segment : segments) {
            events += segment.inherited() == inherited ? segment.unread() : 0;
        }
        Spooled peeked = next;
        return events
                + (peeked != null && peeked.inherited() == inherited
                        ? peeked.batch().events()
                        : 0);
    }

    /// Bytes on disk.
    public long bytes() {
        return segments.stream().mapToLong(Segment::size).sum();
    }

    /// What was lost on disk so far.
    public Losses losses() {
        return losses;
    }

    /// Why it cannot be written now; empty: it can.
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /// Where it is.
    public Path path() {
        return directory.path();
    }

    /// Notes what is acknowledged and closes the files; the directory stays open.
    @Override
    public void close() {
        try {
            if (!segments.isEmpty()) {
                note(acknowledged);
            }
            for (Segment segment : segments) {
                segment.close();
            }
        } catch (IOException e) {
            failed(e);
        }
        record.close();
    }
}
