package dev.tiercel.cli.sinks;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.PlainText;
import dev.tiercel.sinks.plan.OutputPlan;
import dev.tiercel.sinks.plan.SinksPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Checks a sinks file.
@Command(
        name = "check",
        description = {
            "Check a sinks file, and whether each of its outputs can be reached; nothing is sent.",
            "Exits 1 if the file has an error or an output cannot be reached; 3 if the file cannot be read."
        })
final class SinksCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The sinks file.")
    private Path file = Path.of("");

    @Option(names = "--offline", description = "Check the file alone: connect to nothing.")
    private boolean offline;

    @Override
    public Integer call() throws InterruptedException {
        Optional<SinksPlan> read =
                SinkFile.read(file, new Console(spec.commandLine().getErr()));
        if (read.isEmpty()) return ExitCode.CHECK_FAILED.number();
        PrintWriter out = spec.commandLine().getOut();
        boolean reached = true;
        try (SinksPlan plan = read.get()) {
            for (OutputPlan output : plan.outputs()) {
                String problem = offline ? "" : problem(output);
                String state = offline ? "not tried" : problem.isEmpty() ? "ok" : problem;
                out.println("%-20s %-10s %s".formatted(output.name(), output.type(), PlainText.line(state)));
                reached &= problem.isEmpty();
            }
            out.println("%s, %s"
                    .formatted(
                            Console.counted(plan.outputs().size(), "output"),
                            Console.counted(plan.routes().size(), "route")));
        }
        out.flush();
        return (reached ? ExitCode.SUCCESS : ExitCode.CHECK_FAILED).number();
    }

    /// Why it cannot be reached; empty: it can.
    private static String problem(OutputPlan output) throws InterruptedException {
        try {
            output.receiver().check();
            return "";
        } catch (IOException | UncheckedIOException failure) {
            return "cannot be reached: " + PlainCause.of(failure);
        }
    }
}
