package dev.tiercel.detector;

import dev.tiercel.broker.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// A broker in a process of its own, which can be stopped, killed, and started again on the same port and directory.
final class OutageBroker implements AutoCloseable {
    private final Path directory;
    private int port;
    private Process process;

    OutageBroker(Path directory) throws IOException {
        this.directory = directory;
        start();
    }

    /// Starts it again where it was; returns when clients can connect.
    void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OutageBroker.class.getName(),
                        directory.toString(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        String line = reader.readLine();
        while (line != null && !line.startsWith("port=")) {
            line = reader.readLine();
        }
        if (line == null) throw new IllegalStateException("the broker process exited before it was up");
        port = Integer.parseInt(line.substring("port=".length()));
        Thread.ofVirtual().start(() -> reader.lines().forEach(ignored -> {}));
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /// SIGKILL.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Sends a signal: STOP, CONT.
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        System.out.println("port=" + broker.port());
        new CountDownLatch(1).await();
    }
}
