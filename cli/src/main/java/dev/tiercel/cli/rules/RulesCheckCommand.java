package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.Console;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.source.Severity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Compiles rules files and prints what is wrong with them.
@Command(
        name = "check",
        description = {
            "Compile rules files together, in order, and print what is wrong with them: code, place, hint.",
            "Of each file a note names the fields that no event carries yet: they count as absent.",
            "A folder stands for its *.yaml and *.yml, sorted by name, without those of folders below and without"
                    + " *_test.yaml.",
            "Answers no (1) if a rule has an error; with --strict also for a warning."
        })
final class RulesCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "Rules files, or folders of them.")
    private List<Path> paths = List.of();

    @Option(names = "--with-default-rules", description = "Load our default rules first.")
    private boolean withDefaults;

    @Option(names = "--strict", description = "Count warnings as errors.")
    private boolean strict;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json|sarif|github",
            defaultValue = "text",
            description = "Print text for people, Falco's load results as JSON, a SARIF log, or annotations of GitHub"
                    + " Actions (default: ${DEFAULT-VALUE}).")
    private CheckFormat format = CheckFormat.TEXT;

    @Override
    public Integer call() {
        List<RuleFile> files = RuleOptions.sources(paths, withDefaults).read();
        Compilation compilation = RuleCompiler.compile(files, CompileOptions.defaults());
        PrintWriter out = spec.commandLine().getOut();
        out.print(format.print(files, compilation));
        out.flush();
        new Console(spec.commandLine().getErr()).print(Diagnostics.summary(files.size(), compilation));
        return (accepted(compilation) ? ExitCode.DONE : ExitCode.NO).number();
    }

    private boolean accepted(Compilation compilation) {
        List<Diagnostic> warnings = compilation.diagnostics(Severity.WARNING);
        return compilation.successful() && (!strict || warnings.isEmpty());
    }
}
