package dev.tiercel.it;

import dev.tiercel.harness.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Capabilities of this machine, determined once. A test without its prerequisites is skipped with the reason, or fails
/// where `TIERCEL_REQUIRE` names them ([Requirement]).
final class Machine {
    private static final boolean TRACES = runsAsRoot() && Files.isReadable(Path.of("/sys/kernel/btf/vmlinux"));
    private static final boolean DOCKER = succeeds(List.of("docker", "info"));

    private Machine() {}

    static void mustTrace() {
        Requirement.KERNEL.check(TRACES, "root and /sys/kernel/btf/vmlinux");
    }

    static void mustRunContainers() {
        Requirement.DOCKER.check(DOCKER, "no engine answers");
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
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("command=" + command + " printed=" + printed);
            }
            return printed;
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
