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

/// An engine's socket that answers GETs with what the test says, byte for byte.
public final class FakeEngine implements AutoCloseable {
    static final String NOT_FOUND = "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}";

    /// Target to the whole answer; [#NOT_FOUND] for others. An empty answer: none is sent before [#release].
    public final Map<String, String> answers = new ConcurrentHashMap<>();

    /// Begins an answer that goes on with [#tell]: nothing is closed after it.
    static final String STREAM = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Goes-On: yes\r\n\r\n";

    public final List<String> asked = new CopyOnWriteArrayList<>();
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
        StringBuilder answer = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (String chunk : chunks) {
            answer.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return answer.append("0\r\n\r\n").toString();
    }

    /// Sends a chunk on every stream that is open.
    void tell(String chunk) throws IOException {
        String text = Integer.toHexString(chunk.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + chunk + "\r\n";
        for (SocketChannel stream : streams) {
            write(stream, text);
        }
    }

    /// Answers the questions that are left without an answer, now and later.
    public void release(String answer) {
        released.complete(answer);
    }

    boolean streaming() {
        return !streams.isEmpty();
    }

    private void serve() {
        try {
            while (server.isOpen()) {
                SocketChannel channel = server.accept();
                open.add(channel);
                Thread.ofVirtual().start(() -> answer(channel));
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void answer(SocketChannel channel) {
        try {
            ByteBuffer request = ByteBuffer.allocate(4096);
            String text = "";
            while (!text.endsWith("\r\n\r\n") && channel.read(request) >= 0) {
                text = new String(request.array(), 0, request.position(), StandardCharsets.US_ASCII);
            }
            if (text.isEmpty()) {
                return; // the client thought better of it
            }
            String target = text.split(" ", 3)[1];
            asked.add(target);
            String answer = answers.getOrDefault(target, NOT_FOUND);
            write(channel, answer.isEmpty() ? released.join() : answer);
            if (answer.equals(STREAM)) {
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
