package dev.tiercel.cli.tail;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The group of commands on alerts.
@Command(
        name = "alerts",
        description = "Look at alerts, and deliver them again.",
        subcommands = {AlertsTailCommand.class, AlertsRedeliverCommand.class})
public final class AlertsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "missing subcommand: alerts tail, redeliver");
    }
}
