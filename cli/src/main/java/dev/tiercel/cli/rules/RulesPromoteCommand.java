package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.detector.publication.RuleSources;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.ruletools.format.Promotion;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes a shadow live in its rules file.
@Command(
        name = "promote",
        description = {
            "Make a rule or correlation with `shadow: true` live: remove that key from the rules file that defines it.",
            "Processes that publish the file (`up`, `detect --rules`) put it in force; a correlation keeps its state.",
            "Exits 1 if it is not there, is not a shadow, or is not one by its definition; 3 if a file cannot be read or"
                    + " written."
        })
final class RulesPromoteCommand implements Callable<Integer> {
    private static final String NEXT =
            "processes that publish this file put it in force, with its state; see tiercel rules status";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the rule or correlation.")
    private String name = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILE|DIR",
            description = "Rules files, or directories of them.")
    private List<Path> paths = List.of();

    @Option(names = "--dry-run", description = "Print the change as a diff, and write nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        List<Path> files = paths.stream()
                .flatMap(path -> RuleSources.yamlFiles(path).stream())
                .toList();
        List<RuleFile> contents = files.stream().map(RuleSources::file).toList();
        Promotion promotion = Promotion.of(name, contents);
        if (promotion.file() < 0) {
            new Console(spec.commandLine().getErr()).print(promotion.problem());
            return ExitCode.CHECK_FAILED.number();
        }
        change(files.get(promotion.file()), contents.get(promotion.file()), promotion.text());
        return ExitCode.SUCCESS.number();
    }

    private void change(Path file, RuleFile before, String text) {
        LineChange change = LineChange.of(before.content(), text);
        PrintWriter out = spec.commandLine().getOut();
        if (dryRun) {
            out.print(change.diff(file.toString()));
        } else {
            RewrittenFile.replace(file, text);
            out.println("%s:%d: '%s' is live".formatted(file, change.start() + 1, name));
            new Console(spec.commandLine().getErr()).print(NEXT);
        }
        out.flush();
    }
}
