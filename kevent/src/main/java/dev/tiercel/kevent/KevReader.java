package dev.tiercel.kevent;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Reads a recording in order and hands out its records in place. One thread. Format: [KevFormat].
/// A record that is cut off by the end of the file is not handed out: see [#cutBytes].
public final class KevReader implements Closeable {
    private static final int BUFFER = 2 * KevFormat.MAX_RECORD;

    private final Path path;
    private final FileChannel channel;
    private final KevHeader header;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final CRC32C checksum = new CRC32C();
    private long bufferStart;
    private final @Nullable OlderRecords older;
    private int located;
    /// Length of the record in `older` that stands for the one located; 0: that one is as this version has it.
    private int grown;
    private long malformed;
    private int cutBytes;
    private boolean finished;

    private KevReader(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.buffer.limit(0);
        this.header = readHeader();
        this.older = header.abiVersion() < KeventAbi.VERSION ? new OlderRecords(OlderRecords.GROWN) : null;
    }

    /// Opens a recording and reads its header.
    ///
    /// @throws KevFormatException if the file is not a recording, or has another format or ABI version
    public static KevReader open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path);
        try {
            return new KevReader(path, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Whether the file begins as recordings do.
    public static boolean isRecording(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            ByteBuffer start = ByteBuffer.wrap(in.readNBytes(Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
            return start.remaining() == Integer.BYTES && start.getInt() == KevFormat.MAGIC;
        }
    }

    public KevHeader header() {
        return header;
    }

    /// Passes up to `limit` records to the handler and returns how many; 0 at the end.
    ///
    /// @throws KevFormatException if the file is damaged at this point
    public int drain(KeventHandler handler, int limit) throws IOException {
        int delivered = 0;
        while (delivered < limit && locate()) {
            int at = buffer.position() + KevFormat.PREFIX;
            int length = located;
            int brought = grown;
            consume();
            if (older != null && brought > 0) {
                handler.onRecord(older.grown(), 0, brought);
            } else {
                handler.onRecord(buffer, at, length);
            }
            delivered++;
        }
        return delivered;
    }

    /// The `ktime` of the next record; empty at the end.
    public OptionalLong nextKtime() throws IOException {
        return locate()
                ? OptionalLong.of(LittleEndian.int64(buffer, next() + HeaderDecoder.KTIME))
                : OptionalLong.empty();
    }

    /// The type of the next record, a [KeventType]; 0 at the end.
    public int nextType() throws IOException {
        return locate() ? LittleEndian.unsigned16(buffer, next() + HeaderDecoder.TYPE) : 0;
    }

    private int next() {
        return buffer.position() + KevFormat.PREFIX;
    }

    /// True once the end of the file has been reached.
    public boolean finished() {
        return finished;
    }

    /// Bytes of an incomplete record at the end of the file; 0 if there is none or the end has not been reached.
    public int cutBytes() {
        return cutBytes;
    }

    /// Records skipped because they are shorter than they claim.
    public long malformed() {
        return malformed;
    }

    /// Moves the buffer's position to the next well-formed record; false at the end.
    private boolean locate() throws IOException {
        while (located == 0 && !finished) {
            int length = available(KevFormat.PREFIX) ? recordLength() : 0;
            if (length == 0 || !available(KevFormat.PREFIX + KevFormat.padded(length))) {
                finished = true;
                cutBytes = buffer.remaining();
                return false;
            }
            verify(length);
            if (valid(length)) {
                located = length;
            } else {
                malformed++;
                buffer.position(next() + KevFormat.padded(length));
            }
        }
        return located != 0;
    }

    private boolean valid(int length) {
        if (older == null || !older.has(type(length))) {
            return RecordCheck.validLength(buffer, next(), length) == length;
        }
        grown = older.grow(buffer, next(), length);
        return grown > 0;
    }

    private int type(int length) {
        return length < HeaderDecoder.SIZE ? 0 : LittleEndian.unsigned16(buffer, next() + HeaderDecoder.TYPE);
    }

    private void consume() {
        buffer.position(next() + KevFormat.padded(located));
        located = 0;
        grown = 0;
    }

    private int recordLength() throws KevFormatException {
        int length = LittleEndian.int32(buffer, buffer.position() + KevFormat.LENGTH_AT);
        if (length <= 0 || length > KevFormat.MAX_RECORD) {
            throw damaged("a record of " + Integer.toUnsignedString(length) + " bytes");
        }
        return length;
    }

    private void verify(int length) throws KevFormatException {
        checksum.reset();
        checksum.update(buffer.slice(next(), length));
        if ((int) checksum.getValue() != LittleEndian.int32(buffer, buffer.position() + KevFormat.CHECKSUM_AT)) {
            throw damaged("the checksum of a record of " + length + " bytes does not match");
        }
    }

    private KevFormatException damaged(String what) {
        return new KevFormatException(path + " is damaged at byte " + (bufferStart + buffer.position()) + ": " + what);
    }

    /// Makes `bytes` available at the buffer's position; false if the file ends first.
    private boolean available(int bytes) throws IOException {
        if (buffer.remaining() >= bytes) {
            return true;
        }
        bufferStart += buffer.position();
        buffer.compact();
        try {
            while (buffer.position() < bytes) {
                if (channel.read(buffer) < 0) {
                    return false;
                }
            }
            return true;
        } finally {
            buffer.flip();
        }
    }

    private KevHeader readHeader() throws IOException {
        if (!available(KevFormat.FIXED_SIZE) || LittleEndian.int32(buffer, 0) != KevFormat.MAGIC) {
            throw new KevFormatException(path + " is not a recording: it does not start with TKEV");
        }
        int format = LittleEndian.unsigned16(buffer, KevFormat.FORMAT_AT);
        int abi = LittleEndian.unsigned16(buffer, KevFormat.ABI_AT);
        if (format != KevFormat.FORMAT || abi < KeventAbi.OLDEST_READABLE || abi > KeventAbi.VERSION) {
            throw new KevFormatException(path + " was recorded with file format " + format + " and probe ABI " + abi
                    + "; this version reads format " + KevFormat.FORMAT + " and ABI " + KeventAbi.READABLE);
        }
        int host = LittleEndian.unsigned16(buffer, KevFormat.HOST_LENGTH_AT);
        int release = LittleEndian.unsigned16(buffer, KevFormat.RELEASE_LENGTH_AT);
        int size = headerSize(host, release);
        KevHeader read = new KevHeader(
                abi,
                text(KevFormat.FIXED_SIZE, host),
                text(KevFormat.FIXED_SIZE + host, release),
                LittleEndian.int64(buffer, KevFormat.BOOT_TIME_AT),
                LittleEndian.int64(buffer, KevFormat.CREATED_AT));
        buffer.position(size);
        return read;
    }

    private int headerSize(int host, int release) throws IOException {
        int size = LittleEndian.int32(buffer, KevFormat.HEADER_SIZE_AT);
        int needed = KevFormat.padded(KevFormat.FIXED_SIZE + host + release);
        if (size < needed || size > KevFormat.MAX_HEADER || size % 8 != 0 || !available(size)) {
            throw damaged("a header of " + Integer.toUnsignedString(size) + " bytes, where " + needed + " are needed");
        }
        return size;
    }

    private String text(int at, int length) {
        return new String(LittleEndian.bytes(buffer, at, length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
