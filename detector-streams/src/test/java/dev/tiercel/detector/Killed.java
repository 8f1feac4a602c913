package dev.tiercel.detector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/// An instance of the detector that is killed and started again with its state, while the test goes on.
final class Killed implements AutoCloseable {
    private final Cluster cluster;
    private final Path state;
    private CompletableFuture<DetectorUnderTest> running = new CompletableFuture<>();

    Killed(Cluster cluster, Path state) {
        this.cluster = cluster;
        this.state = state;
    }

    void start() {
        running = CompletableFuture.supplyAsync(() -> {
            try {
                return DetectorUnderTest.on(
                        cluster, state, "detector.grace.k8s-audit=5s", "detector.correlations.memory=16MiB");
            } catch (IOException failure) {
                throw new CompletionException(failure);
            }
        });
    }

    /// SIGKILL, once it is up.
    void killAndStart() throws InterruptedException {
        running.join().kill();
        start();
    }

    /// 0: it is being started.
    long residentMebibytes() throws IOException {
        if (!running.isDone()) return 0;
        Path status = Path.of("/proc", Long.toString(running.join().process().pid()), "status");
        return Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                >> 10;
    }

    /// Of all files of the state directory.
    long stateKibibytes() {
        try (Stream<Path> files = Files.walk(state)) {
            return files.map(Path::toFile).mapToLong(file -> file.length()).sum() >> 10;
        } catch (IOException | UncheckedIOException goneMeanwhile) {
            return 0;
        }
    }

    @Override
    public void close() {
        running.join().close();
    }
}
