package dev.tiercel.cli;

import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.StopRequest;
import dev.tiercel.cli.output.Console;
import dev.tiercel.collector.capture.ProbeOptions;
import dev.tiercel.collector.capture.ProbeSource;
import dev.tiercel.collector.capture.RecordingSource;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Writes what the probe sees to a file.
@Command(
        name = "record",
        description = {
            "Write the kernel's records to a new file, from the processes that run now until Ctrl-C or --seconds.",
            "`replay` judges it later, here or elsewhere. The file holds command lines: it is readable by its owner only."
        })
final class RecordCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final int LIMIT = 10_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The file to write, usually *.kev; must not exist.")
    private Path file = Path.of("");

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "0", description = "Stop after so long.")
    private long seconds;

    @Override
    public Integer call() {
        Console console = new Console(spec.commandLine().getErr());
        try (ProbeSource probe = ProbeSource.open(ProbeOptions.defaults());
                RecordingSource recording = RecordingSource.to(file, probe);
                StopRequest stop = StopRequest.onSignals()) {
            console.print("recording " + probe.describe() + " to " + file + (seconds > 0 ? "" : "; Ctrl-C ends it"));
            drain(recording, stop);
            console.print(recording.records() + " records, " + probe.counters().lost() + " lost, in " + file);
            return ExitCode.DONE.number();
        } catch (FileAlreadyExistsException e) {
            throw new EnvironmentException(file + " exists; choose another name", e);
        } catch (IOException e) {
            throw new EnvironmentException("cannot write " + file + ": " + e, e);
        }
    }

    private void drain(RecordingSource recording, StopRequest stop) {
        long end = seconds > 0 ? System.nanoTime() + Duration.ofSeconds(seconds).toNanos() : Long.MAX_VALUE;
        while (!stop.requested() && System.nanoTime() < end) {
            if (recording.drain((data, offset, length) -> {}, LIMIT) == 0) recording.await(PATIENCE);
        }
        recording.flush();
    }
}
