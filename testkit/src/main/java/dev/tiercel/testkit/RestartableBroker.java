package dev.tiercel.testkit;

import dev.tiercel.broker.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A broker in a process of its own that can be killed, and started again on the same port and data. Not thread-safe.
public final class RestartableBroker implements AutoCloseable {
    private final Path directory;
    private final int port;
    private @Nullable Process process;

    /// A broker that is not started.
    public RestartableBroker(Path directory) throws IOException {
        this.directory = directory;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
    }

    /// `127.0.0.1:port`, the same after each start.
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /// Returns when clients can connect.
    public void start() throws IOException {
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RestartableBroker.class.getName(),
                        directory.toString(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process = started;
        BufferedReader reader = started.inputReader(StandardCharsets.UTF_8);
        if (reader.readLine() == null) {
            throw new IllegalStateException("the broker process exited before it was up");
        }
    }

    /// SIGKILL.
    public void kill() throws InterruptedException {
        Process running = process;
        process = null;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The broker process: `DIRECTORY PORT`.
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.startInsecure(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        System.out.println(broker.bootstrapServers());
        new CountDownLatch(1).await();
    }
}
