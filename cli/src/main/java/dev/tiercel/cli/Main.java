package dev.tiercel.cli;

import dev.tiercel.broker.BrokerException;
import dev.tiercel.broker.PortTakenException;
import dev.tiercel.cli.demo.DemoCommand;
import dev.tiercel.cli.rules.RulesCommand;
import dev.tiercel.cli.sinks.SinksCommand;
import dev.tiercel.cli.state.StateCommand;
import dev.tiercel.cli.tail.AlertsCommand;
import dev.tiercel.cli.tail.EventsCommand;
import dev.tiercel.cli.tail.SensorsCommand;
import dev.tiercel.cli.topics.TopicsCommand;
import dev.tiercel.cli.up.DoctorCommand;
import dev.tiercel.cli.up.ReplayCommand;
import dev.tiercel.cli.up.UpCommand;
import dev.tiercel.detector.publication.RulesRefusedException;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

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
        Failures failures = new Failures(
                Set.of(BrokerException.class, PortTakenException.class, RulesRefusedException.class),
                Set.of(RulesRefusedException.class));
        return TiercelCommand.line(out, err, failures, commands());
    }

    private static List<Class<?>> commands() {
        return List.of(
                UpCommand.class,
                CollectCommand.class,
                DetectCommand.class,
                EnrichCommand.class,
                SinkCommand.class,
                RegistryCommand.class,
                RulesCommand.class,
                StateCommand.class,
                TopicsCommand.class,
                AlertsCommand.class,
                SinksCommand.class,
                EventsCommand.class,
                SensorsCommand.class,
                RecordCommand.class,
                ReplayCommand.class,
                DoctorCommand.class,
                DemoCommand.class,
                CompletionCommand.class,
                ManCommand.class);
    }
}
