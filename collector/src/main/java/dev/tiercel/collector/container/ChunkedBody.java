package dev.tiercel.collector.container;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// The body of an answer in `Transfer-Encoding: chunked`, byte by byte as it comes; closing it closes the connection.
///
/// Source: RFC 9112, section 7.1. Extensions and trailers are passed over.
final class ChunkedBody extends InputStream {
    private static final int LONGEST_SIZE_LINE = 256;
    private static final int HEXADECIMAL = 16;

    private final InputStream source;
    private int left;
    private boolean first = true;
    private boolean ended;

    ChunkedBody(InputStream source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        if (!available(1)) {
            return -1;
        }
        left--;
        int next = source.read();
        if (next < 0) {
            throw new EOFException("connection closed within a chunk");
        }
        return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (!available(length)) {
            return length == 0 ? 0 : -1;
        }
        int count = source.read(into, offset, Math.min(left, length));
        if (count < 0) {
            throw new EOFException("connection closed within a chunk");
        }
        left -= count;
        return count;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    /// Begins the next chunk if there is need to; false: nothing is wanted, or nothing more comes.
    private boolean available(int wanted) throws IOException {
        if (wanted > 0 && left == 0 && !ended) {
            if (!first) {
                line(); // the line end after a chunk
            }
            first = false;
            left = size(line());
            ended = left == 0;
        }
        return wanted > 0 && !ended;
    }

    private static int size(String line) throws EngineException {
        try {
            int size = Integer.parseInt(line.split(";", 2)[0].strip(), HEXADECIMAL);
            if (size >= 0) {
                return size;
            }
        } catch (NumberFormatException e) {
            throw new EngineException("not the size of a chunk: " + line);
        }
        throw new EngineException("not the size of a chunk: " + line);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = source.read(); next != '\n'; next = source.read()) {
            if (next < 0) {
                throw new EOFException("connection closed between chunks");
            }
            if (line.length() == LONGEST_SIZE_LINE) {
                throw new EngineException("no size of a chunk within " + LONGEST_SIZE_LINE + " bytes");
            }
            line.append((char) next);
        }
        return line.toString();
    }
}
