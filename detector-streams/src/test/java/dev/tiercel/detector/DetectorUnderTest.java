package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A detector in a separate JVM that has printed `ready`; killed when closed.
record DetectorUnderTest(Process process) implements AutoCloseable {
    /// @param settings `key=value`
    static DetectorUnderTest on(Cluster cluster, Path stateDir, String... settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                DetectorProcess.class.getName(),
                cluster.kafka().get("bootstrap.servers"),
                stateDir.toString()));
        command.addAll(List.of(settings));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader reader = process.inputReader();
        StringBuilder output = new StringBuilder();
        String line = reader.readLine();
        while (line != null && !line.equals("ready")) {
            output.append(line).append('\n');
            line = reader.readLine();
        }
        assertThat(line).as("output of the detector:%n%s", output).isNotNull();
        Thread.ofVirtual().start(() -> reader.lines().forEach(ignored -> {}));
        return new DetectorUnderTest(process);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Stops it with SIGTERM; returns the exit code.
    int stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
