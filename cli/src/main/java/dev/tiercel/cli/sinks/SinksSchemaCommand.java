package dev.tiercel.cli.sinks;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.sinks.plan.SinksSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints the schema of sinks files.
@Command(name = "schema", description = "Print the JSON Schema of sinks files, for editors.")
final class SinksSchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(SinksSchema.json());
        return ExitCode.SUCCESS.number();
    }
}
