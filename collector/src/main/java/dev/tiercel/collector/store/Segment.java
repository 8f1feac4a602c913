package dev.tiercel.collector.store;

import dev.tiercel.collector.batch.Batch;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.BatchCursor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One file of the spool: `TCSPOOL1`, then records. Single-threaded.
final class Segment {
    static final int HEADER_BYTES = 8;

    private static final String SUFFIX = ".spool";
    private static final byte[] MAGIC = "TCSPOOL1".getBytes(StandardCharsets.US_ASCII);

    private final StateDirectory directory;
    private final long number;
    private final boolean inherited;
    private final long[] unread = new long[EventRank.values().length];
    private @Nullable FileChannel channel;
    private long size;

    private Segment(StateDirectory directory, long number, boolean inherited) {
        this.directory = directory;
        this.number = number;
        this.inherited = inherited;
    }

    /// Number of the segment with this file name; -1: it is no segment.
    static long number(String fileName) {
        return fileName.matches("\\d{1,18}\\" + SUFFIX)
                ? Long.parseLong(fileName.substring(0, fileName.length() - SUFFIX.length()))
                : -1;
    }

    private String name() {
        return number + SUFFIX;
    }

    private Path path() {
        return directory.path().resolve(name());
    }

    /// An empty one of this run.
    static Segment create(StateDirectory directory, long number) throws IOException {
        Segment segment = new Segment(directory, number, false);
        FileChannel file = segment.open();
        file.truncate(0);
        file.write(ByteBuffer.wrap(MAGIC), 0);
        segment.size = HEADER_BYTES;
        return segment;
    }

    /// One of an earlier run: counts what is in it from `from` on, and cuts off a torn tail.
    ///
    /// @param from where reading begins; if no record begins there, at the first one
    /// @return the bytes that were cut off
    static Recovered recover(StateDirectory directory, long number, long from, SpoolRecord record)
            throws IOException {
        Segment segment = new Segment(directory, number, true);
        FileChannel file = segment.open();
        long length = file.size();
        segment.size = isSegment(file) ? HEADER_BYTES : 0;
        long readAt = HEADER_BYTES;
        while (segment.size > 0 && record.readHeader(file, segment.size, length)) {
            if (segment.size == from) {
                readAt = from;
                Arrays.fill(segment.unread, 0);
            }
            segment.count(record);
            segment.size += record.length();
        }
        if (segment.size == from) {
            readAt = from;
            Arrays.fill(segment.unread, 0);
        }
        file.truncate(segment.size);
        segment.close();
        return new Recovered(segment, readAt, length - segment.size);
    }

    /// @param readAt where reading begins
    /// @param cutBytes of the torn tail
    record Recovered(Segment segment, long readAt, long cutBytes) {}

    private static boolean isSegment(FileChannel file) throws IOException {
        ByteBuffer magic = ByteBuffer.allocate(HEADER_BYTES);
        return file.read(magic, 0) == HEADER_BYTES && Arrays.equals(magic.array(), MAGIC);
    }

    private void count(SpoolRecord record) {
        for (int rank = 0; rank < unread.length; rank++) {
            unread[rank] += record.count(rank);
        }
    }

    long number() {
        return number;
    }

    /// Whether an earlier run wrote it.
    boolean inherited() {
        return inherited;
    }

    long size() {
        return size;
    }

    /// Events not yet read.
    long unread() {
        return Arrays.stream(unread).sum();
    }

    /// Events of a rank not yet read.
    long unread(int rank) {
        return unread[rank];
    }

    /// Events not yet read, by rank.
    long[] counts() {
        return unread.clone();
    }

    /// Nothing in it will be read.
    void clear() {
        Arrays.fill(unread, 0);
    }

    /// Appends a record; if that fails, the segment is as before.
    void append(SpoolRecord record) throws IOException {
        FileChannel file = open();
        try {
            record.writeTo(file, size);
        } catch (IOException e) {
            file.truncate(size);
            throw e;
        }
        size += record.length();
        count(record);
    }

    /// The batch at `offset`; null: the record is damaged.
    @Nullable Batch read(long offset, SpoolRecord record) throws IOException {
        return record.read(open(), offset, size);
    }

    /// The events of a record count as read.
    void taken(SpoolRecord record) {
        for (int rank = 0; rank < unread.length; rank++) {
            unread[rank] -= record.count(rank);
        }
    }

    /// Rewrites the segment, unread so far, without the events up to a rank; batches that cannot be read are left out.
    Segment without(EventRank highest, SpoolRecord record) throws IOException {
        Segment thinned = new Segment(directory, number, inherited);
        Path temporary = directory.path().resolve(name() + ".new");
        try (FileChannel target = directory.open(name() + ".new")) {
            target.truncate(0);
            target.write(ByteBuffer.wrap(MAGIC), 0);
            thinned.size = HEADER_BYTES;
            copy(highest, record, thinned, target);
        }
        close();
        Files.move(temporary, path(), StandardCopyOption.ATOMIC_MOVE);
        return thinned;
    }

    private void copy(EventRank highest, SpoolRecord record, Segment thinned, FileChannel target) throws IOException {
        BatchCursor cursor = new BatchCursor();
        Batch batch;
        for (long at = HEADER_BYTES; at < size && (batch = read(at, record)) != null; ) {
            at += record.length();
            byte[] rest = thinned(batch.value(), highest, cursor);
            if (rest != null) {
                record.set(new Batch(batch.lane(), rest, cursor.wrap(rest).eventCount()));
                record.writeTo(target, thinned.size);
                thinned.size += record.length();
                thinned.count(record);
            }
        }
    }

    private static byte @Nullable [] thinned(byte[] batch, EventRank highest, BatchCursor cursor) {
        try {
            return cursor.wrap(batch)
                    .without(type -> EventRank.ofNumber(type).compareTo(highest) <= 0);
        } catch (BadRecordException e) {
            return null; // of another version
        }
    }

    private FileChannel open() throws IOException {
        FileChannel opened = channel;
        if (opened == null || !opened.isOpen()) {
            opened = directory.open(name());
            channel = opened;
        }
        return opened;
    }

    /// Closes the file, which is opened again when needed.
    void close() throws IOException {
        FileChannel opened = channel;
        channel = null;
        if (opened != null) {
            opened.close();
        }
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(path());
    }
}
