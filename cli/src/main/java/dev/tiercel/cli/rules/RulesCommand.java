package dev.tiercel.cli.rules;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What can be done with rules files.
@Command(
        name = "rules",
        description = "Check, list, explain, format, test and try rules.",
        subcommands = {
            RulesCheckCommand.class,
            RulesListCommand.class,
            RulesExplainCommand.class,
            RulesFormatCommand.class,
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
                "rules: say " + String.join(", ", spec.subcommands().keySet()));
    }
}
