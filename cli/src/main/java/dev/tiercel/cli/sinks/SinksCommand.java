package dev.tiercel.cli.sinks;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The group of commands on sinks files.
@Command(
        name = "sinks",
        description = "Check a sinks file, try its outputs, or make one of Falco's or falcosidekick's.",
        subcommands = {
            SinksCheckCommand.class,
            SinksTestCommand.class,
            SinksImportCommand.class,
            SinksSchemaCommand.class
        })
public final class SinksCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "missing subcommand: sinks check, test, import, schema");
    }
}
