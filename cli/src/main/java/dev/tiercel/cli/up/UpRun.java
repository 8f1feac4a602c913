package dev.tiercel.cli.up;

import dev.tiercel.cli.memory.OldGeneration;
import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.DataOutput;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.settings.RecordingFile;
import dev.tiercel.collector.CollectorConfig;
import dev.tiercel.collector.capture.ProbeSource;
import dev.tiercel.collector.capture.RecordSource;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.source.Severity;
import dev.tiercel.service.Lifecycle;
import dev.tiercel.service.StoppedException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/// One run of the pipeline, from start to stop.
final class UpRun {
    private static final Logger LOG = LoggerFactory.getLogger(UpRun.class);

    /// Twice what is alive in it under load.
    private static final long OLD_GENERATION_BYTES = 96 << 20;

    private final UpPlan plan;
    private final Console console;
    private final PrintStream out;

    /// Prints messages on the command's stderr, alerts on its stdout.
    UpRun(UpPlan plan, CommandLine commandLine) {
        this.plan = plan;
        this.console = new Console(commandLine.getErr());
        this.out = DataOutput.stream(commandLine);
    }

    /// Runs until a signal, a failure or, with `exit`, the end of the recording.
    ExitCode run(Path data, boolean exit) {
        long started = System.nanoTime();
        List<Diagnostic> findings = plan.ruleFindings();
        findings.forEach(found -> console.print(found.text()));
        if (findings.stream().anyMatch(found -> found.severity() == Severity.ERROR)) return ExitCode.CHECK_FAILED;
        LogFile.open(data);
        if (plan.insecure()) {
            LOG.warn("--insecure: every user of this machine can read all events, forge alerts, replace the rules and"
                    + " stop this; nothing asks for a password");
        }
        try (Lifecycle lifecycle = new Lifecycle().stopOnSignals()) {
            return run(new Pipeline(plan, console, lifecycle), lifecycle, data, exit, started);
        }
    }

    private ExitCode run(Pipeline pipeline, Lifecycle lifecycle, Path data, boolean exit, long started) {
        try {
            String watched = pipeline.start(data, this::source, out);
            console.print(watched + "; ready in " + Console.since(started) + ", Ctrl-C stops");
            OldGeneration.collectBeyond(OLD_GENERATION_BYTES);
            if (exit) pipeline.whenPublished(lifecycle::stop);
        } catch (StoppedException duringTheStart) {
            LOG.debug("stopped during the start");
        }
        int end = lifecycle.await();
        console.print(pipeline.summary());
        return end == Lifecycle.STOPPED && !pipeline.outputFailed() ? ExitCode.SUCCESS : ExitCode.ENVIRONMENT;
    }

    private RecordSource source(CollectorConfig config) {
        return plan.recording().map(RecordingFile::open).orElseGet(() -> ProbeSource.open(config.probe()));
    }
}
