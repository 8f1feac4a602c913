package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.Colours;
import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.detector.publication.RuleSources;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.ruletools.testing.RuleTestReport;
import dev.tiercel.ruletools.testing.RuleTestSuite;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Runs the unit tests in rules files.
@Command(
        name = "test",
        description = {
            "Run the unit tests in rules files: `tests` items, beside the rules or in NAME_test.yaml.",
            "Tests run against the rules of --rules, then the files that the test file lists under `rules` (else NAME.yaml"
                    + " beside it), then the rules in the test file itself; against the default rules if there are none.",
            "Exits 1 if a test fails or cannot run, 2 if there are no tests."
        })
final class RulesTestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|DIR",
            description = "Rules files with tests, or directories of them.")
    private List<Path> paths = List.of();

    @Option(
            names = {"-r", "--rules"},
            paramLabel = "FILE|DIR",
            description = "Rules to load before those of the tests; repeatable.")
    private List<Path> rules = List.of();

    @Option(names = "--with-default-rules", description = "Load the default rules before all others.")
    private boolean withDefaults;

    @Option(names = "--filter", paramLabel = "TEXT", description = "Run only tests whose name contains TEXT.")
    private String filter = "";

    @Option(names = "--junit", paramLabel = "FILE", description = "Also write the results as JUnit XML.")
    private @Nullable Path junit;

    @Mixin
    private AddedOutput added = new AddedOutput();

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Override
    public Integer call() {
        List<RuleTestReport> reports = run();
        long run = reports.stream().mapToLong(report -> report.results().size()).sum();
        boolean broken = reports.stream().anyMatch(report -> !report.problems().isEmpty());
        if (run == 0 && !broken) {
            throw new ParameterException(
                    spec.commandLine(), filter.isEmpty() ? "no tests found" : "no test name contains '" + filter + "'");
        }
        PrintWriter out = spec.commandLine().getOut();
        reports.forEach(report -> TestReportPrinter.print(report, print.json(), out, Colours.of(spec.commandLine())));
        if (junit != null) JUnitReport.write(reports, junit);
        long failed = reports.stream()
                .flatMap(report -> report.results().stream())
                .filter(result -> !result.passed())
                .count();
        new Console(spec.commandLine().getErr())
                .print("%s: %s, %d failed%s"
                        .formatted(
                                Console.counted(reports.size(), "file"),
                                Console.counted(run, "test"),
                                failed,
                                broken ? ", some could not run" : ""));
        return (failed == 0 && !broken ? ExitCode.SUCCESS : ExitCode.CHECK_FAILED).number();
    }

    private List<RuleTestReport> run() {
        TestedRules tested = new TestedRules(rules, withDefaults, added.outputs());
        String wanted = filter.toLowerCase(Locale.ROOT);
        List<RuleTestReport> reports = new ArrayList<>();
        for (Path path : paths) {
            for (Path file : RuleSources.yamlFiles(path)) {
                try {
                    run(file, tested, name -> name.toLowerCase(Locale.ROOT).contains(wanted))
                            .ifPresentOrElse(reports::add, () -> requireTests(path, file));
                } catch (UncheckedIOException unreadable) {
                    reports.add(unreadable(file, unreadable));
                }
            }
        }
        return reports;
    }

    private static Optional<RuleTestReport> run(Path file, TestedRules tested, Predicate<String> wanted) {
        RuleTestSuite tests = RuleTestSuite.read(RuleSources.file(file));
        return tests.isEmpty()
                ? Optional.empty()
                : Optional.of(tests.run(tested.before(file, tests), tested.added(), wanted));
    }

    private void requireTests(Path named, Path file) {
        if (file.equals(named)) throw new ParameterException(spec.commandLine(), "no tests in " + file);
    }

    /// The file, or one that it needs, cannot be read: the tests of others still run.
    private static RuleTestReport unreadable(Path file, UncheckedIOException failure) {
        Diagnostic problem = new Diagnostic(
                Code.LOAD_ERR_FILE_READ, String.valueOf(failure.getMessage()), "", 0, 0, 0, ItemName.NONE, "", "");
        return new RuleTestReport(file.toString(), List.of(problem), List.of());
    }
}
