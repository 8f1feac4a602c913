package dev.tiercel.cli.rules;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// Reads the lines of a stream one by one, as bytes; gzip streams are detected by their magic number. Memory is
/// bounded by [#LONGEST], whatever the stream holds.
final class EventLines implements Closeable {
    /// Maximum length of a line in bytes; longer lines are skipped.
    static final int LONGEST = 16 << 20;

    private static final int CHUNK = 64 << 10;
    private static final int GZIP_MAGIC = 0x8b1f;

    /// Of UTF-8; not a part of the first line.
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final InputStream in;
    private final Runnable beforeReading;
    private byte[] bytes = new byte[CHUNK];
    private int from;
    private int to;
    private int filled;
    private boolean atEnd;
    private boolean tooLong;
    private long number;

    /// Length of the line that [#extend()] made longer.
    private int shortLength;

    private EventLines(InputStream in, Runnable beforeReading) {
        this.in = in;
        this.beforeReading = beforeReading;
    }

    /// @param beforeReading run before each read of the stream, which may block
    static EventLines of(InputStream in, Runnable beforeReading) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(in, CHUNK);
        byte[] magic = peeked.readNBytes(2);
        peeked.unread(magic);
        boolean compressed = magic.length == 2 && (((magic[1] & 255) << 8) | (magic[0] & 255)) == GZIP_MAGIC;
        return new EventLines(compressed ? new GZIPInputStream(peeked, CHUNK) : peeked, beforeReading);
    }

    /// Moves to the next line; false at the end of the stream.
    boolean next() throws IOException {
        int start = number == 0 ? 0 : Math.min(to + 1, filled);
        tooLong = false;
        from = start;
        int searched = start;
        while (true) {
            to = lineFeed(searched);
            if (to < filled || atEnd) {
                break;
            }
            searched = more();
        }
        if (number == 0 && startsWithMark()) {
            from += BYTE_ORDER_MARK.length;
        }
        boolean found = to < filled || to > from || tooLong;
        number += found ? 1 : 0;
        return found;
    }

    private boolean startsWithMark() {
        return to - from >= BYTE_ORDER_MARK.length
                && Arrays.equals(
                        bytes, from, from + BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    /// Makes the line end where the stream does, for a file that is one text of several lines; false: the stream is
    /// too long for that, and the line unchanged.
    boolean extend() throws IOException {
        shortLength = length();
        while (!atEnd && filled - from < LONGEST) {
            more();
        }
        to = from + shortLength;
        if (atEnd) {
            to = filled;
        }
        return atEnd;
    }

    /// Takes [#extend()] back.
    void shorten() {
        to = from + shortLength;
    }

    private int lineFeed(int start) {
        int at = start;
        while (at < filled && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /// Reads more, after moving the line so far to the start of the buffer; returns where to continue the search.
    private int more() throws IOException {
        int held = filled - from;
        if (held >= LONGEST) {
            tooLong = true;
            held = 0;
        }
        System.arraycopy(bytes, filled - held, bytes, 0, held);
        if (held == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(2 * held, LONGEST + CHUNK));
        }
        from = 0;
        filled = held;
        beforeReading.run();
        int read = in.read(bytes, held, bytes.length - held);
        atEnd = read < 0;
        filled += Math.max(read, 0);
        return held;
    }

    /// The buffer that [#from()] and [#length()] refer to; valid until [#next()].
    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int length() {
        return to - from;
    }

    /// Whether the line is empty or whitespace.
    boolean isBlank() {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0 || bytes[i] > ' ') {
                return false;
            }
        }
        return !tooLong;
    }

    /// Whether the line was longer than [#LONGEST]; then its bytes are incomplete.
    boolean isTooLong() {
        return tooLong;
    }

    /// Number of the line, from 1.
    long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
