package dev.tiercel.collector.container;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// An engine's socket that responds to GETs with what the test sets, byte for byte.
public final class FakeEngine implements AutoCloseable {
    static final String NOT_FOUND = "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}";

    /// Whole responses by target; [#NOT_FOUND] for others. An empty response is withheld until [#release].
    public final Map<String, String> responses = new ConcurrentHashMap<>();

    /// The start of a response that [#send] continues: the connection stays open.
    static final String STREAM = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Goes-On: yes\r\n\r\n";

    public final List<String> requests = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> released = new CompletableFuture<>();
    private final List<SocketChannel> streams = new CopyOnWriteArrayList<>();
    private final ServerSocketChannel server;
    private final List<SocketChannel> open = new CopyOnWriteArrayList<>();

    public FakeEngine(Path socket) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::serve);
    }

    public static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    static String chunked(String... chunks) {
        StringBuilder response = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (String chunk : chunks) {
            response.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return response.append("0\r\n\r\n").toString();
    }

    /// Sends a chunk on every stream that is open.
    void send(String chunk) throws IOException {
        String text = Integer.toHexString(chunk.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + chunk + "\r\n";
        for (SocketChannel stream : streams) {
            write(stream, text);
        }
    }

    /// Sends this response to withheld requests, present and future.
    public void release(String response) {
        released.complete(response);
    }

    boolean streaming() {
        return !streams.isEmpty();
    }

    private void serve() {
        try {
            while (server.isOpen()) {
                SocketChannel channel = server.accept();
                open.add(channel);
                Thread.ofVirtual().start(() -> respond(channel));
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void respond(SocketChannel channel) {
        try {
            ByteBuffer request = ByteBuffer.allocate(4096);
            String text = "";
            while (!text.endsWith("\r\n\r\n") && channel.read(request) >= 0) {
                text = new String(request.array(), 0, request.position(), StandardCharsets.US_ASCII);
            }
            if (text.isEmpty()) {
                return; // the client closed without a request
            }
            String target = text.split(" ", 3)[1];
            requests.add(target);
            String response = responses.getOrDefault(target, NOT_FOUND);
            write(channel, response.isEmpty() ? released.join() : response);
            if (response.equals(STREAM)) {
                streams.add(channel);
            } else {
                channel.close();
            }
        } catch (IOException e) {
            return; // the client went away
        }
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel channel : open) {
            channel.close();
        }
    }
}
