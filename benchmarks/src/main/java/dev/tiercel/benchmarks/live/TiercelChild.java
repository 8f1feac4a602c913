package dev.tiercel.benchmarks.live;

import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.service.Worker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `tiercel` command in a process of its own, from its start to its end.
///
/// The kernel ends it with SIGTERM when this JVM ends in whatever way. Its messages go to stderr as they come.
final class TiercelChild implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration END_WITHIN = Duration.ofSeconds(30);
    private static final int KEPT = 20;
    private static final Pattern METRICS = Pattern.compile("health and metrics on port (\\d+)");

    private final String name;
    private final Process process;
    private final Deque<String> last = new ArrayDeque<>();
    private final CompletableFuture<Integer> metricsPort = new CompletableFuture<>();
    private final List<Worker> readers = new ArrayList<>();

    private TiercelChild(String name, Process process, Consumer<String> out) {
        this.name = name;
        this.process = process;
        read(name + "-out", process.inputReader(), out);
        read(name + "-err", process.errorReader(), this::message);
        CompletableFuture<Void> _ = process.onExit().thenRun(() -> metricsPort.completeExceptionally(ended()));
    }

    /// Starts a command and waits until it is ready.
    ///
    /// @param launcher command line of `tiercel`
    /// @param out takes each line of its stdout, on a thread of its own
    /// @throws EnvironmentException with its last messages if it ends instead
    static TiercelChild start(List<String> launcher, List<String> arguments, Consumer<String> out)
            throws IOException, InterruptedException {
        TiercelChild child = launch(launcher, arguments, out);
        try {
            child.awaitReady();
            return child;
        } catch (EnvironmentException | InterruptedException e) {
            child.close();
            throw e;
        }
    }

    /// The same without waiting.
    static TiercelChild launch(List<String> launcher, List<String> arguments, Consumer<String> out) throws IOException {
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "TERM"));
        command.addAll(launcher);
        command.addAll(arguments);
        return new TiercelChild(arguments.getFirst(), new ProcessBuilder(command).start(), out);
    }

    /// Whether it has said that it is ready.
    boolean isReady() {
        return metricsPort.isDone() && !metricsPort.isCompletedExceptionally();
    }

    /// Waits until it is ready.
    ///
    /// @throws EnvironmentException with its last messages if it ends instead
    void awaitReady() throws InterruptedException {
        try {
            metricsPort.get(READY_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw ended();
        } catch (TimeoutException e) {
            throw new EnvironmentException("%s is not ready after %d s; its last messages:%n%s"
                    .formatted(name, READY_WITHIN.toSeconds(), messages()));
        }
    }

    private EnvironmentException ended() {
        readers.forEach(Worker::close);
        String how = process.isAlive() ? "is ending" : "ended with exit code " + process.exitValue();
        return new EnvironmentException("%s %s; its last messages:%n%s".formatted(name, how, messages()));
    }

    /// @throws EnvironmentException with its last messages if it has ended
    void requireAlive() {
        if (!process.isAlive()) throw ended();
    }

    long pid() {
        return process.pid();
    }

    /// Port of its health server on 127.0.0.1.
    int metricsPort() {
        return metricsPort.join();
    }

    private void read(String thread, BufferedReader lines, Consumer<String> consumer) {
        Worker worker = new Worker(thread, Duration.ofSeconds(1));
        readers.add(worker);
        worker.start(
                () -> {
                    try {
                        lines.lines().forEach(consumer);
                    } catch (UncheckedIOException closed) {
                        message("(" + closed.getMessage() + ")");
                    }
                    worker.close();
                },
                () -> {});
    }

    @SuppressWarnings("SystemOut")
    private void message(String line) {
        System.err.println(line);
        synchronized (last) {
            last.add(line);
            if (last.size() > KEPT) last.remove();
        }
        Matcher ready = METRICS.matcher(line);
        if (ready.find()) metricsPort.complete(Integer.valueOf(ready.group(1)));
    }

    private String messages() {
        synchronized (last) {
            return last.isEmpty() ? "  (none)" : "  " + String.join("\n  ", last);
        }
    }

    /// SIGKILL.
    void kill() {
        process.destroyForcibly();
    }

    /// SIGTERM, without waiting for its end.
    void terminate() {
        process.toHandle().destroy(); // Process.destroy would close its output as well
    }

    /// SIGTERM, then SIGKILL if it does not end.
    @Override
    public void close() {
        terminate();
        try {
            if (!process.waitFor(END_WITHIN.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
