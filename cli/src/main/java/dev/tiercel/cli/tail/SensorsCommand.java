package dev.tiercel.cli.tail;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The group of commands on the reports of collectors.
@Command(name = "sensors", description = "Look at the reports of collectors.", subcommands = SensorsTailCommand.class)
public final class SensorsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "missing subcommand: sensors tail");
    }
}
