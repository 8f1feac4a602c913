package dev.tiercel.collector.container;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// GET over HTTP/1.1 on a unix socket, one connection a request, with a deadline and a bound on the answer.
///
/// `java.net.http` speaks TCP only. The peer is trusted to be an engine but not to be well: whatever it sends ends
/// in an answer or an [IOException] before the deadline.
final class UnixHttp {
    private static final int CHUNK_BYTES = 16 * 1024;

    /// An answer: its status and its body, whatever the transfer encoding was.
    static final class Answer {
        private final int status;
        private final byte[] body;

        Answer(int status, byte[] body) {
            this.status = status;
            this.body = body;
        }

        int status() {
            return status;
        }

        byte[] body() {
            return body;
        }
    }

    private final Path socket;
    private final Duration timeout;
    private final int limitBytes;

    /// @param limitBytes of a whole answer, headers included
    UnixHttp(Path socket, Duration timeout, int limitBytes) {
        this.socket = socket;
        this.timeout = timeout;
        this.limitBytes = limitBytes;
    }

    /// @param target path and query, already escaped
    /// @throws IOException if the socket is not there, the deadline passes or the answer is not HTTP
    Answer get(String target) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(socket)); // a unix connect ends at once, one way or the other
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            write(channel, selector, request(target), deadline);
            key.interestOps(SelectionKey.OP_READ);
            return parse(read(channel, selector, deadline));
        }
    }

    static ByteBuffer request(String target) {
        String text = "GET " + target
                + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nConnection: close\r\n\r\n";
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void write(SocketChannel channel, Selector selector, ByteBuffer request, long deadline) throws IOException {
        while (request.hasRemaining()) {
            await(selector, deadline);
            channel.write(request);
        }
    }

    private byte[] read(SocketChannel channel, Selector selector, long deadline) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        while (true) {
            await(selector, deadline);
            int count = channel.read(chunk.clear());
            if (count < 0) {
                return all.toByteArray();
            }
            all.write(chunk.array(), 0, count);
            if (all.size() > limitBytes) {
                throw new EngineException("answer longer than " + limitBytes + " bytes from " + socket);
            }
        }
    }

    private void await(Selector selector, long deadline) throws IOException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0 || selector.select(millis) == 0) {
            throw new EngineException("no answer from " + socket + " within " + timeout.toMillis() + " ms");
        }
        selector.selectedKeys().clear();
    }

    private Answer parse(byte[] bytes) throws IOException {
        int bodyStart = headEnd(bytes);
        String head = new String(bytes, 0, bodyStart, StandardCharsets.ISO_8859_1);
        String[] status = head.split(" ", 3);
        if (!head.startsWith("HTTP/1.") || status.length < 3) {
            throw new EngineException("no HTTP from " + socket);
        }
        String lower = head.toLowerCase(Locale.ROOT);
        byte[] body = lower.contains("transfer-encoding: chunked")
                ? joinChunks(bytes, bodyStart)
                : java.util.Arrays.copyOfRange(bytes, bodyStart, bytes.length);
        return new Answer(number(status[1], 10), body);
    }

    private int headEnd(byte[] bytes) throws IOException {
        for (int i = 3; i < bytes.length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                return i + 1;
            }
        }
        throw new EOFException("connection to " + socket + " closed after " + bytes.length + " bytes of a header");
    }

    private byte[] joinChunks(byte[] bytes, int start) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(bytes.length - start);
        int at = start;
        while (true) {
            int lineEnd = at;
            while (lineEnd < bytes.length && bytes[lineEnd] != '\r') {
                lineEnd++;
            }
            String line = new String(bytes, at, lineEnd - at, StandardCharsets.ISO_8859_1);
            int length = number(line.split(";", 2)[0].strip(), 16);
            if (length == 0) {
                return body.toByteArray();
            }
            at = lineEnd + 2;
            if (length < 0 || length > bytes.length - at) {
                throw new EOFException("chunk of " + length + " bytes cut short by " + socket);
            }
            body.write(bytes, at, length);
            at += length + 2;
        }
    }

    private int number(String text, int radix) throws IOException {
        try {
            return Integer.parseInt(text, radix);
        } catch (NumberFormatException e) {
            throw new EngineException("not a number in an answer of " + socket + ": " + text);
        }
    }
}
