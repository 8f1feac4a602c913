package dev.tiercel.benchmarks.live;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// An [OpenLoad] in a process of its own, which ends when this is closed or its own process does. Not thread-safe.
final class LoadProcess implements AutoCloseable {
    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    /// Totals since the start.
    record Count(long opens, long markers) {}

    private LoadProcess(Process process) {
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.US_ASCII);
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
    }

    /// Starts it idle; its markers will be in `folder`.
    static LoadProcess start(Path folder) throws IOException {
        return new LoadProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenLoad.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /// Changes or repeats the rates; returns what was done so far.
    ///
    /// @param opensPerSecond a number, or `max`
    Count rate(String opensPerSecond, int markersPerSecond) throws IOException {
        commands.write(opensPerSecond + " " + markersPerSecond + "\n");
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) throw new IOException("the load has ended, see above");
        String[] counts = answer.split(" ", 2);
        return new Count(Long.parseLong(counts[0]), Long.parseLong(counts[1]));
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (IOException ended) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
