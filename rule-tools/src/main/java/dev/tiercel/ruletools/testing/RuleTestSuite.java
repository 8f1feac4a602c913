package dev.tiercel.ruletools.testing;

import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleMatching;
import dev.tiercel.rules.RuleSelection;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.output.ExtraOutput;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The unit tests in one rules file: events as field to value, and the rules they must match.
///
/// ```yaml
/// - tests:
///     - test: a server reads the password hashes
///       given: {like: open_read, fd.name: /etc/shadow, proc.name: nginx}
///       match: Credential file read by a server
/// ```
/// The rule compiler skips these items. See `docs/rules-commands.md`.
public final class RuleTestSuite {

    private final RuleFile file;
    private final List<RuleTestCase> cases;
    private final List<String> required;
    private final List<Diagnostic> problems;

    private RuleTestSuite(RuleFile file, RuleTestReader reader, List<Diagnostic> problems) {
        this.file = file;
        this.cases = List.copyOf(reader.cases());
        this.required = List.copyOf(reader.required());
        this.problems = problems;
    }

    /// Reads the tests of `file`. Their problems are in the report of [#run].
    public static RuleTestSuite read(RuleFile file) {
        Problems problems = new Problems();
        RuleTestReader reader = new RuleTestReader(CompileOptions.defaults(), problems);
        reader.read(file);
        return new RuleTestSuite(file, reader, Diagnostic.sorted(problems, List.of(file)));
    }

    /// Whether the file has no tests, valid or not.
    public boolean isEmpty() {
        return cases.isEmpty() && problems.isEmpty();
    }

    /// Paths, relative to the file, of the rules files that its tests require to be loaded first.
    public List<String> required() {
        return required;
    }

    /// Runs the tests whose name is `wanted` against the rules of `before` followed by those of the file. Disabled
    /// rules are tested too, and all matching rules count, not only the first.
    public RuleTestReport run(List<RuleFile> before, Predicate<String> wanted) {
        return run(before, List.of(), wanted);
    }

    /// The same with `added` in the outputs.
    public RuleTestReport run(List<RuleFile> before, List<ExtraOutput> added, Predicate<String> wanted) {
        if (!problems.isEmpty()) {
            return new RuleTestReport(file.name(), problems, List.of());
        }
        List<RuleFile> files = new ArrayList<>(before);
        files.add(file);
        CompileOptions options = CompileOptions.defaults()
                .withMatching(RuleMatching.ALL)
                .withExtraOutputs(added)
                .withSelections(List.of(new RuleSelection.ByName(true, "*")));
        Compilation compilation = RuleCompiler.compile(files, options);
        Optional<RuleSet> rules = compilation.ruleSet();
        if (rules.isEmpty()) {
            return new RuleTestReport(file.name(), compilation.diagnostics(Severity.ERROR), List.of());
        }
        List<RuleTestCase> chosen =
                cases.stream().filter(test -> wanted.test(test.name())).toList();
        Problems unusable = new Problems();
        RuleTestNames.check(chosen, rules.get(), unusable);
        if (unusable.failed()) {
            return new RuleTestReport(file.name(), Diagnostic.sorted(unusable, List.of(file)), List.of());
        }
        RuleTestRun run = new RuleTestRun(rules.get());
        return new RuleTestReport(
                file.name(), List.of(), chosen.stream().map(run::run).toList());
    }
}
