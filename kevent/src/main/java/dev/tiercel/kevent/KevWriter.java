package dev.tiercel.kevent;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// Writes a recording: every record that it receives, unchanged. One thread. Format: [KevFormat]. Records are buffered;
/// those not yet flushed are lost if the process dies.
public final class KevWriter implements KeventHandler, Closeable {
    private final FileChannel channel;
    private final Path path;
    private final ByteBuffer pending = ByteBuffer.allocateDirect(2 * KevFormat.MAX_RECORD);
    private final CRC32C checksum = new CRC32C();
    private long records;

    private KevWriter(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// Starts a recording at `path`. On POSIX file systems only its owner can read it, as it holds command lines and
    /// environments.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if the file exists
    public static KevWriter create(Path path, KevHeader header) throws IOException {
        KevWriter writer = new KevWriter(path, PrivateFile.create(path));
        try {
            writer.header(header);
            writer.flush();
            return writer;
        } catch (IOException | RuntimeException e) {
            writer.channel.close();
            throw e;
        }
    }

    private void header(KevHeader header) {
        byte[] host = text("host name", header.hostname());
        byte[] release = text("kernel release", header.kernelRelease());
        int size = KevFormat.padded(KevFormat.FIXED_SIZE + host.length + release.length);
        LittleEndian.clear(pending, 0, size);
        LittleEndian.putInt32(pending, 0, KevFormat.MAGIC);
        LittleEndian.putInt16(pending, KevFormat.FORMAT_AT, KevFormat.FORMAT);
        LittleEndian.putInt16(pending, KevFormat.ABI_AT, header.abiVersion());
        LittleEndian.putInt64(pending, KevFormat.BOOT_TIME_AT, header.bootTimeEpochNanos());
        LittleEndian.putInt64(pending, KevFormat.CREATED_AT, header.createdEpochNanos());
        LittleEndian.putInt32(pending, KevFormat.HEADER_SIZE_AT, size);
        LittleEndian.putInt16(pending, KevFormat.HOST_LENGTH_AT, host.length);
        LittleEndian.putInt16(pending, KevFormat.RELEASE_LENGTH_AT, release.length);
        pending.put(KevFormat.FIXED_SIZE, host);
        pending.put(KevFormat.FIXED_SIZE + host.length, release);
        pending.position(size);
    }

    private static byte[] text(String what, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 1024) {
            throw new IllegalArgumentException(what + " bytes=" + bytes.length + " limit=1024");
        }
        return bytes;
    }

    /// Appends the record.
    ///
    /// @throws UncheckedIOException if the file cannot be written
    @Override
    public void onRecord(ByteBuffer data, int offset, int length) {
        if (length > KevFormat.MAX_RECORD) {
            throw new IllegalArgumentException("record bytes=" + length + " limit=" + KevFormat.MAX_RECORD);
        }
        int size = KevFormat.PREFIX + KevFormat.padded(length);
        if (pending.remaining() < size) {
            flushUnchecked();
        }
        int at = pending.position();
        LittleEndian.putInt64(pending, at + size - Long.BYTES, 0); // the padding; the record overwrites the rest
        pending.put(at + KevFormat.PREFIX, data, offset, length);
        checksum.reset();
        checksum.update(pending.slice(at + KevFormat.PREFIX, length));
        LittleEndian.putInt32(pending, at + KevFormat.LENGTH_AT, length);
        LittleEndian.putInt32(pending, at + KevFormat.CHECKSUM_AT, (int) checksum.getValue());
        pending.position(at + size);
        records++;
    }

    /// Records written so far.
    public long records() {
        return records;
    }

    /// Writes buffered records to the file.
    public void flush() throws IOException {
        pending.flip();
        while (pending.hasRemaining()) {
            channel.write(pending);
        }
        pending.clear();
    }

    private void flushUnchecked() {
        try {
            flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try (channel) {
                flush();
            }
        }
    }
}
