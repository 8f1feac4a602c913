package dev.tiercel.cli.tail;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What can be done with alerts.
@Command(name = "alerts", description = "Look at alerts.", subcommands = AlertsTailCommand.class)
public final class AlertsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "alerts: say tail");
    }
}
