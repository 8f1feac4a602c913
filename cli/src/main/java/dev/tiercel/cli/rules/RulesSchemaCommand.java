package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.rules.RulesSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints the schema of rules files.
@Command(name = "schema", description = "Print the JSON Schema of rules files, for editors.")
final class RulesSchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(RulesSchema.json().strip());
        return ExitCode.DONE.number();
    }
}
