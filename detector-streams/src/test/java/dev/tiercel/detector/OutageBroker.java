package dev.tiercel.detector;

import dev.tiercel.broker.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// A broker in a process of its own, which can be stopped and continued.
final class OutageBroker implements AutoCloseable {
    private final Process process;
    private final String bootstrapServers;

    OutageBroker(Path directory) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OutageBroker.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        String line = reader.readLine();
        while (line != null && !line.startsWith("bootstrap=")) {
            line = reader.readLine();
        }
        if (line == null) throw new IllegalStateException("the broker process exited before it was up");
        bootstrapServers = line.substring("bootstrap=".length());
        Thread.ofVirtual().start(() -> reader.lines().forEach(ignored -> {}));
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /// Sends a signal: STOP, CONT.
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("bootstrap="
                + EmbeddedBroker.startInsecure(Path.of(arguments[0]), 0).bootstrapServers());
        new CountDownLatch(1).await();
    }
}
