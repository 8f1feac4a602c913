package dev.tiercel.it;

import dev.tiercel.harness.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Capabilities of this machine, determined once. A test without its prerequisites is skipped with the reason, or fails
/// where `TIERCEL_REQUIRE` names them ([Requirement]).
final class Machine {
    private static final boolean TRACES = runsAsRoot() && Files.isReadable(Path.of("/sys/kernel/btf/vmlinux"));
    private static final boolean DOCKER = succeeds(List.of("docker", "info"));

    private Machine() {}

    static void mustTrace() {
        Requirement.KERNEL.check(TRACES, "root and /sys/kernel/btf/vmlinux");
    }

    static void mustBeRoot() {
        Requirement.TOOLS.check(runsAsRoot(), "not root");
    }

    static void mustRunContainers() {
        Requirement.DOCKER.check(DOCKER, "no engine answers");
    }

    /// Whether the engine has all of these images.
    static boolean hasImages(String... names) {
        return Stream.of(names).allMatch(name -> succeeds(List.of("docker", "image", "inspect", name)));
    }

    /// Root of the checkout.
    static Path root(String relative) {
        return Path.of(System.getProperty("tiercel.root")).resolve(relative);
    }

    /// A port that nobody listens on now.
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Runs a command to its end and returns what it printed on both streams.
    ///
    /// @throws IllegalStateException if its exit code is not 0, or it runs longer than a minute
    static String run(List<String> command) {
        return run(command, Map.of(), Duration.ofMinutes(1));
    }

    /// The same, with variables beside those of this process.
    static String run(List<String> command, Map<String, String> variables, Duration limit) {
        try {
            Path printed = Files.createTempFile("tiercel-it", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
            builder.environment().putAll(variables);
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) process.destroyForcibly();
            String text = Files.readString(printed);
            Files.delete(printed);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException("command=" + command + " ended=" + ended + " printed=" + text);
            }
            return text;
        } catch (IOException e) {
            throw new IllegalStateException("command=" + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("command=" + command, e);
        }
    }

    private static boolean succeeds(List<String> command) {
        try {
            run(command);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static boolean runsAsRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
