package dev.tiercel.cli;

import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/// Entry of the process.
public final class Main {
    private Main() {}

    /// Runs one command and exits with its `ExitCode`.
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        System.exit(commandLine(System.out, System.err).execute(arguments));
    }

    /// The command with where it prints, so that tests can run it in their own process.
    static CommandLine commandLine(PrintStream out, PrintStream err) {
        Failures failures = new Failures();
        CommandLine.tracer()
                .setLevel(CommandLine.TraceLevel.OFF); // it would warn of an option given twice; the later wins
        return new CommandLine(new TiercelCommand(out))
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(110)
                .setColorScheme(colours())
                .setExitCodeExceptionMapper(failures)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    /// Colour only on a terminal and without NO_COLOR.
    private static ColorScheme colours() {
        return CommandLine.Help.defaultColorScheme(
                onTerminal() && System.getenv("NO_COLOR") == null ? Ansi.ON : Ansi.OFF);
    }

    /// Whether a person sees standard output: both it and standard input are a terminal.
    @SuppressWarnings("SystemConsoleNull") // null under -Djdk.console=java.base
    static boolean onTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
