package dev.tiercel.collector.store;

import dev.tiercel.collector.batch.Batch;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.BatchCursor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// One batch in a segment of the spool, compressed. Reusable; single-threaded.
///
/// ```
///  0      4        8     12     16                      36
///  | crc  | length | raw | lane | events of each rank x 5 | length bytes: the batch, deflated |
/// ```
/// `crc` is CRC-32C of everything after it; numbers are big-endian ints.
final class SpoolRecord implements AutoCloseable {
    static final int HEADER_BYTES = 16 + 4 * EventRank.values().length;

    private static final int LENGTH_LIMIT = 16 << 20;
    private static final int LENGTH_AT = 4;
    private static final int RAW_AT = 8;
    private static final int LANE_AT = 12;
    private static final int COUNTS_AT = 16;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final Inflater inflater = new Inflater(true);
    private final BatchCursor cursor = new BatchCursor();
    private final CRC32C crc = new CRC32C();
    private byte[] bytes = new byte[64 << 10];
    private int length;

    /// Fills the record with a batch.
    void set(Batch batch) {
        deflate(batch.value());
        ByteBuffer header = ByteBuffer.wrap(bytes);
        header.putInt(LENGTH_AT, length - HEADER_BYTES);
        header.putInt(RAW_AT, batch.value().length);
        header.putInt(LANE_AT, batch.lane());
        int[] counts = counts(batch);
        for (int rank = 0; rank < counts.length; rank++) {
            header.putInt(COUNTS_AT + 4 * rank, counts[rank]);
        }
        header.putInt(0, checksum());
    }

    private void deflate(byte[] value) {
        deflater.reset();
        deflater.setInput(value);
        deflater.finish();
        length = HEADER_BYTES;
        while (!deflater.finished()) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
            length += deflater.deflate(bytes, length, bytes.length - length);
        }
    }

    private int[] counts(Batch batch) {
        int[] counts = new int[EventRank.values().length];
        try {
            cursor.wrap(batch.value());
            while (cursor.next()) {
                counts[EventRank.ofNumber(cursor.type()).index()]++;
            }
        } catch (BadRecordException unreadable) { // a test's, or a later version's: nothing in it can be told apart
            Arrays.fill(counts, 0);
            counts[EventRank.PROCESS.index()] = batch.events();
        }
        return counts;
    }

    private int checksum() {
        crc.reset();
        crc.update(bytes, LENGTH_AT, length - LENGTH_AT);
        return (int) crc.getValue();
    }

    int length() {
        return length;
    }

    /// Events of a rank.
    int count(int rank) {
        return ByteBuffer.wrap(bytes).getInt(COUNTS_AT + 4 * rank);
    }

    int events() {
        int events = 0;
        for (int rank = 0; rank < EventRank.values().length; rank++) {
            events += count(rank);
        }
        return events;
    }

    /// Writes the record at `offset`, completely.
    void writeTo(FileChannel channel, long offset) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(bytes, 0, length);
        while (all.hasRemaining()) {
            channel.write(all, offset + all.position());
        }
    }

    /// Reads the header at `offset` of a file of `size` bytes; false: no record that is complete in length begins
    /// there.
    boolean readHeader(FileChannel channel, long offset, long size) throws IOException {
        if (size - offset < HEADER_BYTES) {
            return false;
        }
        read(channel, offset, 0, HEADER_BYTES);
        ByteBuffer header = ByteBuffer.wrap(bytes);
        int announced = header.getInt(LENGTH_AT);
        int raw = header.getInt(RAW_AT);
        if (announced < 0 || announced > size - offset - HEADER_BYTES || raw < 0 || raw > LENGTH_LIMIT) {
            return false;
        }
        length = HEADER_BYTES + announced;
        return countsAreValid() && header.getInt(LANE_AT) >= 0;
    }

    private boolean countsAreValid() {
        for (int rank = 0; rank < EventRank.values().length; rank++) {
            if (count(rank) < 0 || count(rank) > LENGTH_LIMIT) {
                return false;
            }
        }
        return true;
    }

    /// Reads and verifies the record at `offset`; null: it is damaged.
    @Nullable
    Batch read(FileChannel channel, long offset, long size) throws IOException {
        if (!readHeader(channel, offset, size)) {
            return null;
        }
        if (bytes.length < length) {
            bytes = Arrays.copyOf(bytes, length);
        }
        read(channel, offset + HEADER_BYTES, HEADER_BYTES, length - HEADER_BYTES);
        return ByteBuffer.wrap(bytes).getInt(0) == checksum() ? inflated() : null;
    }

    private @Nullable Batch inflated() {
        ByteBuffer header = ByteBuffer.wrap(bytes);
        byte[] value = new byte[header.getInt(RAW_AT)];
        inflater.reset();
        inflater.setInput(bytes, HEADER_BYTES, length - HEADER_BYTES);
        try {
            int inflated = inflater.inflate(value);
            return inflated == value.length ? new Batch(header.getInt(LANE_AT), value, events()) : null;
        } catch (DataFormatException e) {
            return null;
        }
    }

    private void read(FileChannel channel, long offset, int at, int count) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(bytes, at, count);
        while (target.hasRemaining()) {
            if (channel.read(target, offset + target.position() - at) < 0) {
                throw new EOFException("file ends at byte " + (offset + target.position() - at));
            }
        }
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }
}
