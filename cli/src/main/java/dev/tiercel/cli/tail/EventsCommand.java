package dev.tiercel.cli.tail;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What can be done with events.
@Command(name = "events", description = "Look at events.", subcommands = EventsTailCommand.class)
public final class EventsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "events: say tail");
    }
}
