package dev.tiercel.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `tiercel up` or `collect` in a separate JVM, started as a user would, with the class path of this test.
///
/// Ready once it has printed what it watches, or that it is running; its output is kept for failure messages.
final class TiercelProcess implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Pattern BROKER = Pattern.compile("broker (127\\.0\\.0\\.1:\\d+)");
    private static final Pattern REGISTRY = Pattern.compile("registry (http://127\\.0\\.0\\.1:\\d+)");

    private final Process process;
    private final Path data;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private TiercelProcess(Process process, Path data) {
        this.process = process;
        this.data = data;
        Thread.ofVirtual().start(() -> read(process.inputReader(), out));
        Thread.ofVirtual().start(() -> read(process.errorReader(), err));
        CompletableFuture<Void> _ = process.onExit()
                .thenRun(() -> ready.completeExceptionally(new IllegalStateException("exited before it was ready")));
    }

    /// Starts `tiercel up --data DATA --port 0 --registry-port 0 ARGUMENTS…` and waits until it is ready.
    static TiercelProcess up(Path data, String... arguments) {
        return start(upCommand(data, arguments), data);
    }

    /// Starts `tiercel up` like [#up], which must refuse to start with exit code 3; returns what it printed.
    static String refused(Path data, String... arguments) {
        try {
            Process process = new ProcessBuilder(upCommand(data, arguments))
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 3) {
                throw new IllegalStateException("exit code " + process.exitValue() + "; " + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Runs another command to its end and returns what it printed on both streams.
    ///
    /// @throws IllegalStateException if its exit code is not 0, or it runs longer
    static String run(Duration limit, String... arguments) {
        List<String> command = java("-Xmx256m");
        command.addAll(List.of(arguments));
        return Machine.run(command, Map.of(), limit);
    }

    private static List<String> upCommand(Path data, String... arguments) {
        List<String> command = java("-Xmx512m");
        command.addAll(List.of("up", "--data", data.toString(), "--port", "0", "--registry-port", "0"));
        command.addAll(List.of(arguments));
        return command;
    }

    /// Starts `tiercel collect`, publishing to the broker of another one, and waits until it is running.
    ///
    /// @param node node name in its events
    /// @param capabilities the only capabilities of the process, as setpriv names them, such as `bpf`
    static TiercelProcess collect(TiercelProcess up, String node, String... capabilities) {
        String caps = "-all"
                + String.join("", Stream.of(capabilities).map(",+"::concat).toList());
        List<String> command = new ArrayList<>(List.of("setpriv", "--bounding-set", caps, "--inh-caps", "-all"));
        command.addAll(java("-Xmx48m"));
        command.addAll(List.of("collect", "--data", up.data.toString()));
        command.addAll(List.of("--set", "collector.node=" + node, "--set", "health.enabled=false"));
        return start(command, up.data);
    }

    /// Starts `tiercel collect` with the class path of a node, publishing to the broker of another one.
    static TiercelProcess collectOnNode(TiercelProcess up, List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", NodeClassPath.entries(), "dev.tiercel.cli.NodeMain", "collect"));
        command.addAll(List.of("--data", up.data.toString(), "--set", "health.port=0"));
        command.addAll(List.of("--set", "collector.state-dir=" + up.data.resolve("node")));
        return start(command, up.data);
    }

    private static List<String> java(String heap) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                heap,
                "-Dtiercel.root=" + Machine.root(""),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tiercel.cli.Main"));
    }

    private static TiercelProcess start(List<String> command, Path data) {
        try {
            TiercelProcess started = new TiercelProcess(new ProcessBuilder(command).start(), data);
            started.awaitReady();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The process's effective capabilities as a bit set, from /proc.
    String effectiveCapabilities() {
        try (Stream<String> status = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return status.filter(line -> line.startsWith("CapEff:"))
                    .findFirst()
                    .orElseThrow()
                    .substring("CapEff:".length())
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String bootstrap() {
        return find(BROKER);
    }

    long pid() {
        return process.pid();
    }

    /// Settings of the owner's Kafka clients, from `client.properties`.
    Map<String, Object> client() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(data.resolve("client.properties"))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Object> client = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> client.put(key, properties.getProperty(key)));
        return client;
    }

    String registry() {
        return find(REGISTRY);
    }

    /// The line that reports what is watched.
    String readyLine() {
        return ready.join();
    }

    /// Lines on standard output so far.
    List<String> out() {
        return List.copyOf(out);
    }

    /// Lines on standard error so far.
    List<String> err() {
        return List.copyOf(err);
    }

    /// Waits until a line on standard output contains `text`.
    void awaitOut(String text) {
        await(out, text);
    }

    /// Waits until a line on standard error contains `text`.
    void awaitErr(String text) {
        await(err, text);
    }

    private void await(List<String> lines, String text) {
        synchronized (lines) {
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (lines.stream().noneMatch(line -> line.contains(text))) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new IllegalStateException("never printed '" + text + "'; " + printed());
                }
                await(lines, left);
            }
        }
    }

    /// Waits until it has ended by itself: returns the exit code.
    int awaitEnd() {
        return awaitExit();
    }

    /// SIGTERM, like Ctrl-C: returns the exit code.
    int stop() {
        process.toHandle().destroy(); // Process.destroy would close its output as well
        return awaitExit();
    }

    /// SIGKILL: no cleanup code runs.
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }

    private int awaitExit() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("does not stop; " + printed());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void await(List<String> lines, long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(lines, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void awaitReady() {
        try {
            ready.get(READY_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IllegalStateException("not ready; " + printed(), e);
        }
    }

    private String find(Pattern pattern) {
        Matcher matcher = pattern.matcher(readyLine());
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in the ready line: " + readyLine());
        }
        return matcher.group(1);
    }

    /// Reads until the process ends; a kill may close the stream during a read.
    private void read(BufferedReader reader, List<String> lines) {
        try {
            reader.lines().forEach(line -> add(line, lines));
        } catch (UncheckedIOException closed) {
            add("(" + closed.getMessage() + ")", lines);
        }
    }

    private void add(String line, List<String> lines) {
        synchronized (lines) {
            lines.add(line);
            lines.notifyAll();
        }
        if ((line.contains("watching") && BROKER.matcher(line).find()) || line.contains("collector is running")) {
            ready.complete(line);
        }
    }

    private String printed() {
        return "stdout=\n" + String.join("\n", out) + "\nstderr=\n" + String.join("\n", err);
    }
}
