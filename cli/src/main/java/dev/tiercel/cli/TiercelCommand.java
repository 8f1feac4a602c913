package dev.tiercel.cli;

import dev.tiercel.cli.output.DataOutput;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.Terminal;
import dev.tiercel.sinks.AlertFormat;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The root command. [Main] and [NodeMain] add the others: a class path need not have those of both.
@Command(
        name = "tiercel",
        description = "Runtime security for Linux, containers and Kubernetes as a stream-processing pipeline on Kafka.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:a check failed: rules, their tests, or this machine",
            "2:invalid command line or settings",
            "3:a prerequisite is missing or failed: broker, privileges, file"
        })
final class TiercelCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "With --version: print lines for people, or one JSON object (default: ${DEFAULT-VALUE}).")
    private AlertFormat format = AlertFormat.TEXT;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces of failures.")
    private boolean debug;

    @Override
    public Integer call() {
        if (format == AlertFormat.JSON) throw new ParameterException(spec.commandLine(), "-o needs --version here");
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE.number();
    }

    /// Runs the command that was named last; what only the root's `--version` takes is refused before another command.
    static int run(ParseResult parsed) {
        if (parsed.hasSubcommand() && parsed.hasMatchedOption("--output")) {
            throw new ParameterException(
                    parsed.commandSpec().commandLine(),
                    "-o belongs after the command: tiercel "
                            + parsed.subcommand().commandSpec().name() + " -o …");
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    /// The command line with these commands, writing to the given streams.
    ///
    /// @param commands annotated classes, in the order of the help
    static CommandLine line(PrintStream out, PrintStream err, Failures failures, List<Class<?>> commands) {
        CommandLine.tracer()
                .setLevel(CommandLine.TraceLevel.OFF); // it would warn about repeated options; the last one wins
        CommandLine line = new CommandLine(new TiercelCommand());
        commands.forEach(line::addSubcommand);
        return line.setOut(new DataOutput(out))
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

    /// Whether `--debug` was given anywhere on this command line.
    static boolean debug(CommandLine commandLine) {
        CommandLine top = commandLine;
        while (top.getParent() != null) top = top.getParent();
        return ((TiercelCommand) top.getCommand()).debug;
    }
}
