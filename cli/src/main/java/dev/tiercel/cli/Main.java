package dev.tiercel.cli;

import dev.tiercel.cli.output.DataOutput;
import dev.tiercel.cli.output.Terminal;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/// Entry point of the process.
public final class Main {
    private Main() {}

    /// Runs one command and exits with its `ExitCode`.
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        System.exit(commandLine(System.out, System.err).execute(arguments));
    }

    /// The command line, writing to the given streams, so that tests can run it in-process.
    static CommandLine commandLine(PrintStream out, PrintStream err) {
        Failures failures = new Failures();
        CommandLine.tracer()
                .setLevel(CommandLine.TraceLevel.OFF); // it would warn about repeated options; the last one wins
        return new CommandLine(new TiercelCommand())
                .setOut(new DataOutput(out))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(110)
                .setColorScheme(colours())
                .setExecutionStrategy(TiercelCommand::run)
                .setExitCodeExceptionMapper(failures)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    /// Colour only on a terminal and without NO_COLOR.
    private static ColorScheme colours() {
        return CommandLine.Help.defaultColorScheme(
                Terminal.isInteractive() && System.getenv("NO_COLOR") == null ? Ansi.ON : Ansi.OFF);
    }
}
