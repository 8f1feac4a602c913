package dev.tiercel.cli.sinks;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.PlainText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Translates the outputs of Falco and falcosidekick.
@Command(
        name = "import",
        description = {
            "Print a sinks file for the outputs of a falco.yaml or of falcosidekick's configuration, and say what has no equivalent.",
            "Secrets are not copied: they are read from the variables that falcosidekick reads.",
            "Exits 1 if the file has no output that is in use; 3 if it cannot be read."
        })
final class SinksImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "falco.yaml, or falcosidekick's config.yaml.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        Console console = new Console(spec.commandLine().getErr());
        ImportedOutputs imported;
        try {
            imported = ImportedOutputs.of(file.toString(), Files.readString(file));
        } catch (IOException unreadable) {
            throw new EnvironmentException("cannot read " + file + ": " + PlainCause.of(unreadable), unreadable);
        } catch (ProblemException noYaml) {
            console.print(file + ": " + noYaml.getMessage());
            return ExitCode.CHECK_FAILED.number();
        }
        imported.notes().forEach(note -> console.print(PlainText.line(note)));
        if (imported.isEmpty()) {
            console.print("no output of Falco or falcosidekick is in use in " + file);
            return ExitCode.CHECK_FAILED.number();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(imported.yaml());
        out.flush();
        return ExitCode.SUCCESS.number();
    }
}
