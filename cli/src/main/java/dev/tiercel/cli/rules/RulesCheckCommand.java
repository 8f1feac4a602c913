package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.Colours;
import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.detector.publication.RuleSources;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.RuleCompiler;
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

/// Compiles rules files and reports their problems.
@Command(
        name = "check",
        description = {
            "Compile rules files together, in order, and report problems with code, position and hint.",
            "A note per file names the fields that no event carries yet; they count as absent.",
            "A directory stands for its *.yaml and *.yml files, sorted by name, without subdirectories and *_test.yaml.",
            "Exits 1 if a rule has an error or, with --strict, a warning; 3 if a file cannot be read."
        })
final class RulesCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "Rules files, or directories of them.")
    private List<Path> paths = List.of();

    @Option(names = "--with-default-rules", description = "Load the default rules first.")
    private boolean withDefaults;

    @Option(names = "--strict", description = "Treat warnings as errors.")
    private boolean strict;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json|sarif|github",
            defaultValue = "text",
            description = "Print text for people, Falco's load results as JSON, a SARIF log, or GitHub Actions"
                    + " annotations (default: ${DEFAULT-VALUE}).")
    private CheckFormat format = CheckFormat.TEXT;

    @Override
    public Integer call() {
        RuleSources.Reading reading = RuleOptions.sources(paths, withDefaults).readAll();
        Compilation compilation = RuleCompiler.compile(reading.files(), CompileOptions.defaults())
                .with(reading.problems(), reading.files());
        PrintWriter out = spec.commandLine().getOut();
        out.print(format.print(reading.files(), compilation, Colours.of(spec.commandLine())));
        out.flush();
        new Console(spec.commandLine().getErr())
                .print(Diagnostics.summary(reading.files().size(), compilation));
        if (!reading.problems().isEmpty()) return ExitCode.ENVIRONMENT.number();
        return (accepted(compilation) ? ExitCode.SUCCESS : ExitCode.CHECK_FAILED).number();
    }

    private boolean accepted(Compilation compilation) {
        List<Diagnostic> warnings = compilation.diagnostics(Severity.WARNING);
        return compilation.successful() && (!strict || warnings.isEmpty());
    }
}
