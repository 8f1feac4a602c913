package dev.tiercel.cli;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.StopRequest;
import dev.tiercel.collector.capture.ProbeOptions;
import dev.tiercel.collector.capture.ProbeSource;
import dev.tiercel.collector.capture.RecordingSource;
import dev.tiercel.service.PlainCause;
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

/// Records the kernel's events to a file.
@Command(
        name = "record",
        description = {
            "Record kernel events to a new file, starting with the running processes, until Ctrl-C or --seconds.",
            "`replay` judges the file later, on any machine. It contains command lines, so only its owner can read it."
        })
final class RecordCommand implements Callable<Integer> {
    private static final Duration WAIT = Duration.ofMillis(100);
    private static final int LIMIT = 10_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The file to create, usually *.kev; must not exist yet.")
    private Path file = Path.of("");

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "0", description = "Stop after N seconds.")
    private long seconds;

    @Override
    public Integer call() {
        Console console = new Console(spec.commandLine().getErr());
        try (ProbeSource probe = ProbeSource.open(ProbeOptions.defaults());
                RecordingSource recording = RecordingSource.to(file, probe);
                StopRequest stop = StopRequest.onSignals()) {
            console.print("recording " + probe.describe() + " to " + file + (seconds > 0 ? "" : "; Ctrl-C stops"));
            drain(recording, stop);
            console.print(recording.records() + " records, " + probe.counters().lost() + " lost, in " + file);
            return ExitCode.SUCCESS.number();
        } catch (FileAlreadyExistsException e) {
            throw new EnvironmentException(file + " already exists; choose another name", e);
        } catch (IOException e) {
            throw new EnvironmentException("cannot write " + file + ": " + PlainCause.of(e), e);
        }
    }

    private void drain(RecordingSource recording, StopRequest stop) {
        long end = seconds > 0 ? System.nanoTime() + Duration.ofSeconds(seconds).toNanos() : Long.MAX_VALUE;
        while (!stop.requested() && System.nanoTime() < end) {
            if (recording.drain((data, offset, length) -> {}, LIMIT) == 0) recording.await(WAIT);
        }
        recording.flush();
    }
}
