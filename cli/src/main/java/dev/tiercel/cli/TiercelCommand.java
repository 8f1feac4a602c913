package dev.tiercel.cli;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.rules.RulesCommand;
import dev.tiercel.cli.tail.AlertsCommand;
import dev.tiercel.cli.tail.EventsCommand;
import dev.tiercel.cli.tail.SensorsCommand;
import dev.tiercel.cli.up.DoctorCommand;
import dev.tiercel.cli.up.ReplayCommand;
import dev.tiercel.cli.up.UpCommand;
import dev.tiercel.sinks.AlertFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The root command.
@Command(
        name = "tiercel",
        description = "Runtime security for Linux, containers and Kubernetes as a stream-processing pipeline on Kafka.",
        subcommands = {
            UpCommand.class,
            CollectCommand.class,
            DetectCommand.class,
            RulesCommand.class,
            AlertsCommand.class,
            EventsCommand.class,
            SensorsCommand.class,
            RecordCommand.class,
            ReplayCommand.class,
            DoctorCommand.class,
            CompletionCommand.class,
            ManCommand.class
        },
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

    /// Whether `--debug` was given anywhere on this command line.
    static boolean debug(CommandLine commandLine) {
        CommandLine top = commandLine;
        while (top.getParent() != null) top = top.getParent();
        return ((TiercelCommand) top.getCommand()).debug;
    }
}
