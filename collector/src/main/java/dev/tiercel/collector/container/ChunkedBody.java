package dev.tiercel.collector.container;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// The body of a response in `Transfer-Encoding: chunked`, available byte by byte as it arrives; closing it closes the
/// connection.
///
/// Source: RFC 9112, section 7.1. Extensions and trailers are ignored.
final class ChunkedBody extends InputStream {
    private static final int MAX_SIZE_LINE = 256;
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
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
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

    private void nextChunk() throws IOException {
        if (!first) {
            line(); // the CRLF that ends the previous chunk
        }
        first = false;
        left = size(line());
        ended = left == 0;
    }

    private static int size(String line) throws IOException {
        String digits = line.split(";", 2)[0].strip();
        if (!digits.matches("[0-9a-fA-F]{1,7}")) {
            throw new IOException("not a chunk size: " + line);
        }
        return Integer.parseInt(digits, HEXADECIMAL);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = source.read(); next != '\n'; next = source.read()) {
            if (next < 0) {
                throw new EOFException("connection closed between chunks");
            }
            if (line.length() == MAX_SIZE_LINE) {
                throw new IOException("no chunk size within " + MAX_SIZE_LINE + " bytes");
            }
            line.append((char) next);
        }
        return line.toString();
    }
}
