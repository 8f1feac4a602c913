package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.Console;
import dev.tiercel.detector.RuleSources;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.ruletools.format.RulesFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Lays out rules files.
@Command(
        name = "format",
        description = {
            "Lay out rules files: indentation, order of keys, long conditions on lines. Meaning and comments stay.",
            "Prints the result unless it is to be written. Answers no (1) if a file is no rules file; with --check also"
                    + " if a file is laid out otherwise."
        })
final class RulesFormatCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "Rules files, or folders of them.")
    private List<Path> paths = List.of();

    @Option(names = "--check", description = "Print the names of files that are laid out otherwise, nothing else.")
    private boolean check;

    @Option(names = "--write", description = "Write the files that change, and print their names.")
    private boolean write;

    @Override
    public Integer call() {
        boolean refused = false;
        boolean changed = false;
        for (Path path : paths) {
            for (Path file : RuleSources.yamlFiles(path)) {
                RuleFile before = RuleSources.file(file);
                RulesFormat.Formatted after = RulesFormat.format(before);
                Console console = new Console(spec.commandLine().getErr());
                after.problems().forEach(problem -> console.print(problem.text()));
                refused |= !after.problems().isEmpty();
                boolean differs = !after.text().equals(before.content());
                changed |= differs;
                put(file, after.text(), differs);
            }
        }
        return (refused || (check && changed) ? ExitCode.NO : ExitCode.DONE).number();
    }

    private void put(Path file, String text, boolean differs) {
        PrintWriter out = spec.commandLine().getOut();
        if (!check && !write) {
            out.print(text);
            out.flush();
        } else if (differs) {
            out.println(file);
            if (!check) replace(file, text);
        }
    }

    /// Readers see the old file or the new one, never half of it.
    private static void replace(Path file, String text) {
        try {
            Path real = file.toRealPath();
            Path fresh = real.resolveSibling("." + real.getFileName() + ".new");
            Files.copy(real, fresh, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(fresh, text);
            Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write %s: %s".formatted(file, failure), failure);
        }
    }
}
