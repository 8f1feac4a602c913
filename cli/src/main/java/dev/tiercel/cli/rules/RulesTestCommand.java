package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.Json;
import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.cli.output.Console;
import dev.tiercel.detector.RuleSources;
import dev.tiercel.ruletools.testing.RuleTestReport;
import dev.tiercel.ruletools.testing.RuleTestResult;
import dev.tiercel.ruletools.testing.RuleTestSuite;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Runs the unit tests that stand in rules files.
@Command(
        name = "test",
        description = {
            "Run the unit tests that stand in rules files: `tests` items, beside the rules or in NAME_test.yaml.",
            "Tests see the rules of their own file, after those of its `rules` key (else of NAME.yaml beside it) and of"
                    + " --rules; our default rules if there are no others.",
            "Answers no (1) if a test fails or cannot be run; where there is none, that is a wrong command line (2)."
        })
final class RulesTestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|DIR",
            description = "Rules files with tests, or folders in which some are.")
    private List<Path> paths = List.of();

    @Option(
            names = {"-r", "--rules"},
            paramLabel = "FILE|DIR",
            description = "Rules to load before those of the tests; may be given again.")
    private List<Path> rules = List.of();

    @Option(names = "--with-default-rules", description = "Load our default rules before all others.")
    private boolean withDefaults;

    @Option(names = "--filter", paramLabel = "TEXT", description = "Only tests with this text in their name.")
    private String filter = "";

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit XML, too.")
    private @Nullable Path junit;

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Override
    public Integer call() {
        List<RuleTestReport> reports = run();
        long run = reports.stream().mapToLong(report -> report.results().size()).sum();
        boolean broken = reports.stream().anyMatch(report -> !report.problems().isEmpty());
        if (run == 0 && !broken) {
            throw new ParameterException(
                    spec.commandLine(), filter.isEmpty() ? "no file has tests" : "no test has --filter in its name");
        }
        PrintWriter out = spec.commandLine().getOut();
        reports.forEach(report -> print(report, out));
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
                                broken ? ", some could not be run" : ""));
        return (failed == 0 && !broken ? ExitCode.DONE : ExitCode.NO).number();
    }

    private List<RuleTestReport> run() {
        TestedRules tested = new TestedRules(rules, withDefaults);
        String wanted = filter.toLowerCase(Locale.ROOT);
        List<RuleTestReport> reports = new ArrayList<>();
        for (Path path : paths) {
            for (Path file : RuleSources.yamlFiles(path)) {
                RuleTestSuite tests = RuleTestSuite.read(RuleSources.file(file));
                if (!tests.isEmpty()) {
                    reports.add(tests.run(
                            tested.before(file, tests),
                            name -> name.toLowerCase(Locale.ROOT).contains(wanted)));
                } else if (file.equals(path)) {
                    throw new ParameterException(spec.commandLine(), "no tests in " + file);
                }
            }
        }
        return reports;
    }

    private void print(RuleTestReport report, PrintWriter out) {
        if (print.json()) {
            report.problems().forEach(problem -> out.println(Diagnostics.json(problem)));
            report.results().forEach(result -> out.println(json(result)));
            return;
        }
        out.println(report.file());
        report.problems()
                .forEach(problem -> out.println(problem.text().indent(2).stripTrailing()));
        report.results().forEach(result -> out.println(text(result)));
    }

    private static String text(RuleTestResult result) {
        if (result.passed()) return "  ✓ " + result.name();
        StringBuilder text = new StringBuilder("  ✗ %s (%s:%d)".formatted(result.name(), result.file(), result.line()));
        result.failures()
                .forEach(failure -> text.append('\n').append(failure.indent(6).stripTrailing()));
        return text.toString();
    }

    private static String json(RuleTestResult result) {
        return new Json()
                .put("file", result.file())
                .put("line", result.line())
                .put("test", result.name())
                .put("passed", result.passed())
                .put("failures", result.failures())
                .line();
    }
}
