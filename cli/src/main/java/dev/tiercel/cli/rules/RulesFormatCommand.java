package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.detector.publication.RuleSources;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.ruletools.format.RulesFormat;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Formats rules files.
@Command(
        name = "format",
        description = {
            "Format rules files: indentation, key order, line breaks in long conditions. Meaning and comments are kept.",
            "Prints the result unless --check or --write is given. Exits 1 if a file is not a rules file or, with --check,"
                    + " is not formatted."
        })
final class RulesFormatCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "Rules files, or directories of them.")
    private List<Path> paths = List.of();

    @Option(names = "--check", description = "Print only the names of files that are not formatted.")
    private boolean check;

    @Option(names = "--write", description = "Rewrite the files that change, and print their names.")
    private boolean write;

    private boolean refused;
    private boolean changed;

    @Override
    public Integer call() {
        for (Path path : paths) {
            for (Path file : RuleSources.yamlFiles(path)) {
                try {
                    format(file, RuleSources.file(file));
                } catch (UncheckedIOException unreadable) {
                    refused = true;
                    console().print(String.valueOf(unreadable.getMessage()));
                }
            }
        }
        return (refused || (check && changed) ? ExitCode.CHECK_FAILED : ExitCode.SUCCESS).number();
    }

    private void format(Path file, RuleFile before) {
        RulesFormat.Formatted after = RulesFormat.format(before);
        after.problems().forEach(problem -> console().print(problem.text()));
        refused |= !after.problems().isEmpty();
        boolean differs = !after.text().equals(before.content());
        changed |= differs;
        output(file, after.text(), differs);
    }

    private Console console() {
        return new Console(spec.commandLine().getErr());
    }

    private void output(Path file, String text, boolean differs) {
        PrintWriter out = spec.commandLine().getOut();
        if (!check && !write) {
            out.print(text);
            out.flush();
        } else if (differs) {
            out.println(file);
            if (!check) RewrittenFile.replace(file, text);
        }
    }
}
