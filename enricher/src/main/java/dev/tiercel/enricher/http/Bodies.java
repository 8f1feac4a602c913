package dev.tiercel.enricher.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Reads the bodies of requests, in bounded memory for each and for all together. Thread-safe.
final class Bodies {
    private static final int CHUNK = 64 << 10;

    private final long longest;
    private final Semaphore room;

    /// @param longest bytes of one body, as sent and uncompressed
    /// @param memory  bytes of all together
    Bodies(long longest, long memory) {
        this.longest = longest;
        room = new Semaphore((int) (memory / CHUNK) + 1);
    }

    /// A body that takes part of the room until it is closed.
    final class Body implements AutoCloseable {
        private int chunks;
        private byte[] bytes = {};

        byte[] bytes() {
            return bytes;
        }

        private void read(InputStream in) throws IOException, RefusedException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int length = in.readNBytes(chunk, 0, CHUNK); length > 0; length = in.readNBytes(chunk, 0, CHUNK)) {
                if (all.size() + length > longest) throw new RefusedException(tooLong());
                if (!room.tryAcquire()) {
                    throw new RefusedException(
                            Answer.later(503, 1, "too many bodies at once: enricher.http.memory-bytes"));
                }
                chunks++;
                all.write(chunk, 0, length);
            }
            bytes = all.toByteArray();
        }

        @Override
        public void close() {
            room.release(chunks);
            chunks = 0;
        }
    }

    /// Reads the whole body.
    ///
    /// @throws RefusedException if it is too long, or compressed in a way that is not known
    /// @throws IOException if it ends too early
    Body read(HttpExchange exchange) throws IOException, RefusedException {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        if (length != null && Long.parseLong(length) > longest) throw new RefusedException(tooLong());
        Body body = new Body();
        try {
            body.read(uncompressed(exchange));
            return body;
        } catch (ZipException | EOFException broken) {
            body.close();
            throw new RefusedException(Answer.refused(400, "the body is not gzip, as its Content-Encoding says"));
        } catch (IOException | RefusedException | RuntimeException failure) {
            body.close();
            throw failure;
        }
    }

    private static InputStream uncompressed(HttpExchange exchange) throws IOException, RefusedException {
        String encoding = encoding(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return switch (encoding) {
            case "", "identity" -> exchange.getRequestBody();
            case "gzip", "x-gzip" -> new GZIPInputStream(exchange.getRequestBody(), CHUNK);
            default -> throw new RefusedException(Answer.refused(415, "Content-Encoding may be gzip or absent"));
        };
    }

    private static String encoding(@Nullable String header) {
        return header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
    }

    private Answer tooLong() {
        return Answer.refused(413, "the body is longer than %d bytes: enricher.http.body-bytes".formatted(longest));
    }

    /// Reads what is left of a body that nobody wants, so that its sender comes to read the answer; a limited part.
    void discard(HttpExchange exchange) throws IOException {
        InputStream in = exchange.getRequestBody();
        byte[] chunk = new byte[CHUNK];
        long left = longest;
        for (int length = in.read(chunk); length >= 0 && left > 0; length = in.read(chunk)) {
            left -= length;
        }
    }
}
