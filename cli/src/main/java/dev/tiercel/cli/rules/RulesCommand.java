package dev.tiercel.cli.rules;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The group of commands on rules files.
@Command(
        name = "rules",
        description = "Check, list, explain, format, promote, publish, test and evaluate rules; show those in force.",
        subcommands = {
            RulesCheckCommand.class,
            RulesListCommand.class,
            RulesPublishCommand.class,
            RulesStatusCommand.class,
            RulesExplainCommand.class,
            RulesFormatCommand.class,
            RulesPromoteCommand.class,
            RulesTestCommand.class,
            RulesSchemaCommand.class,
            RulesFieldsCommand.class,
            RulesEvalCommand.class
        })
public final class RulesCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "missing subcommand: rules "
                        + String.join("|", spec.subcommands().keySet()));
    }
}
