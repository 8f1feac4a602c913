package dev.tiercel.cli.rules;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// The lines of a stream, one after the other, each as the bytes it has; compressed streams (gzip) are told by their
/// content. Memory is bounded by [#LONGEST], whatever the stream holds.
final class EventLines implements Closeable {
    /// A line of more bytes is passed over.
    static final int LONGEST = 16 << 20;

    private static final int CHUNK = 64 << 10;
    private static final int GZIP_MAGIC = 0x8b1f;

    private final InputStream in;
    private final Runnable beforeReading;
    private byte[] bytes = new byte[CHUNK];
    private int from;
    private int to;
    private int filled;
    private boolean atEnd;
    private boolean tooLong;
    private long number;

    private EventLines(InputStream in, Runnable beforeReading) {
        this.in = in;
        this.beforeReading = beforeReading;
    }

    /// @param beforeReading run whenever more of the stream is needed, which may take as long as its writer likes
    static EventLines of(InputStream in, Runnable beforeReading) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(in, CHUNK);
        byte[] magic = peeked.readNBytes(2);
        peeked.unread(magic);
        boolean compressed = magic.length == 2 && (((magic[1] & 255) << 8) | (magic[0] & 255)) == GZIP_MAGIC;
        return new EventLines(compressed ? new GZIPInputStream(peeked, CHUNK) : peeked, beforeReading);
    }

    /// Moves to the next line; false: there is none.
    boolean next() throws IOException {
        int start = number == 0 ? 0 : Math.min(to + 1, filled);
        tooLong = false;
        from = start;
        int looked = start;
        while (true) {
            to = lineFeed(looked);
            if (to < filled || atEnd) {
                break;
            }
            looked = more();
        }
        boolean some = to < filled || to > from || tooLong;
        number += some ? 1 : 0;
        return some;
    }

    private int lineFeed(int start) {
        int at = start;
        while (at < filled && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /// Reads on, with the line so far at the start of the buffer; where to look on.
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

    /// What [#from()] and [#length()] are about; good until [#next()].
    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int length() {
        return to - from;
    }

    /// Whether the line has nothing but blanks.
    boolean isBlank() {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0 || bytes[i] > ' ') {
                return false;
            }
        }
        return !tooLong;
    }

    /// Whether the line was longer than [#LONGEST]: what is left of it is not to be used.
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
