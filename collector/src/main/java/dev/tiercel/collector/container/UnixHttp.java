package dev.tiercel.collector.container;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// GET over HTTP/1.1 on a unix socket: one connection per request, with a deadline and a limit on the response.
///
/// `java.net.http` speaks TCP only. The peer is trusted to be an engine but not to behave: whatever it sends ends
/// in a response or an [IOException] before the deadline.
final class UnixHttp {
    private static final int READ_BYTES = 16 * 1024;

    private final Path socket;
    private final Duration timeout;
    private final int limitBytes;

    /// @param limitBytes of a whole response, headers included
    UnixHttp(Path socket, Duration timeout, int limitBytes) {
        this.socket = socket;
        this.timeout = timeout;
        this.limitBytes = limitBytes;
    }

    /// The response, read to its end.
    ///
    /// @param target path and query, already escaped
    /// @throws IOException if the socket is absent, the deadline passes or the response is not HTTP
    EngineResponse get(String target) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.configureBlocking(false); // else a connect waits while the engine's queue is full
            boolean _ = channel.connect(UnixDomainSocketAddress.of(socket)); // succeeds or fails at once
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            write(channel, selector, request(target), deadline);
            key.interestOps(SelectionKey.OP_READ);
            return EngineResponse.read(new ByteArrayInputStream(read(channel, selector, deadline)), socket);
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
        ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
        while (true) {
            await(selector, deadline);
            int count = channel.read(buffer.clear());
            if (count < 0) {
                return all.toByteArray();
            }
            all.write(buffer.array(), 0, count);
            if (all.size() > limitBytes) {
                throw new IOException(socket + " sent a response longer than " + limitBytes + " bytes");
            }
        }
    }

    private void await(Selector selector, long deadline) throws IOException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0 || selector.select(millis) == 0) {
            throw new SocketTimeoutException("no response from " + socket + " within " + timeout.toMillis() + " ms");
        }
        selector.selectedKeys().clear();
    }
}
