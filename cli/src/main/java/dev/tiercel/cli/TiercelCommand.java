package dev.tiercel.cli;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.rules.RulesCommand;
import dev.tiercel.cli.tail.AlertsCommand;
import dev.tiercel.cli.tail.EventsCommand;
import dev.tiercel.cli.up.DoctorCommand;
import dev.tiercel.cli.up.ReplayCommand;
import dev.tiercel.cli.up.UpCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The command above all others.
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
            RecordCommand.class,
            ReplayCommand.class,
            DoctorCommand.class
        },
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the answer is no",
            "2:wrong command line or settings",
            "3:the environment lacks something"
        })
public final class TiercelCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces of failures.")
    private boolean debug;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE.number();
    }

    /// Whether `--debug` was given to any command of this command line.
    static boolean debug(CommandLine commandLine) {
        CommandLine top = commandLine;
        while (top.getParent() != null) top = top.getParent();
        return ((TiercelCommand) top.getCommand()).debug;
    }
}
