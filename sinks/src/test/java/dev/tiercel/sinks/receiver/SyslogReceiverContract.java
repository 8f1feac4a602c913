package dev.tiercel.sinks.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// Over connections, to a server that counts octets.
abstract class SyslogReceiverContract extends ReceiverContract {
    private static final int LIMIT_SECONDS = 20;

    private final BlockingQueue<String> incoming = new LinkedBlockingQueue<>();
    private final List<String> messages = new ArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private @Nullable ServerSocket server;
    private @Nullable Thread accepting;
    private int port;

    abstract ServerSocket listen(int port) throws IOException;

    /// `{scheme}` and what belongs to it.
    abstract String keys(int port);

    @Override
    protected final String keys() throws IOException {
        if (port == 0) open();
        return keys(port);
    }

    private void open() throws IOException {
        ServerSocket opened = listen(port);
        server = opened;
        port = opened.getLocalPort();
        accepting = Thread.ofVirtual().start(() -> {
            while (!opened.isClosed()) {
                try {
                    Socket connection = opened.accept();
                    connections.add(connection);
                    Thread.ofVirtual().start(() -> read(connection));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void read(Socket connection) {
        try (InputStream in = connection.getInputStream()) {
            for (int length = length(in); length > 0; length = length(in)) {
                incoming.add(new String(in.readNBytes(length), UTF_8));
            }
        } catch (IOException broken) {
            // what has arrived, has
        }
    }

    private static int length(InputStream in) throws IOException {
        int length = 0;
        for (int digit = in.read(); digit >= '0' && digit <= '9'; digit = in.read()) length = length * 10 + digit - '0';
        return length;
    }

    @Override
    protected final void breakDown() throws IOException, InterruptedException {
        stop();
    }

    @AfterEach
    final void stop() throws IOException, InterruptedException {
        if (server != null) server.close();
        if (accepting != null) accepting.join(); // until then somebody still listens
        for (Socket connection : connections) connection.close();
    }

    @Override
    protected final void repair() throws IOException {
        open();
    }

    @Override
    protected final List<String> arrived(int count) throws InterruptedException {
        while (messages.size() < count) {
            String message = incoming.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (message == null) break;
            messages.add(message);
        }
        incoming.drainTo(messages);
        for (String message : messages) {
            assertThat(message)
                    .matches(
                            "(?s)<\\d{1,3}>1 2026-11-27T12:00:00\\.000000Z \\S{1,255} tiercel - alert"
                                    + " \\[alert@32473 id=\"([^\"\\\\\\]]|\\\\.)*\" rule=\"([^\"\\\\\\]]|\\\\.)*\" source=\"syscall\"\\] .*");
        }
        return List.copyOf(messages);
    }

    static InetAddress here() {
        return InetAddress.getLoopbackAddress();
    }
}
