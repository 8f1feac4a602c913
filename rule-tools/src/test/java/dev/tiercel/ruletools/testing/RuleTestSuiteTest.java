package dev.tiercel.ruletools.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.output.ExtraOutput;
import dev.tiercel.rules.source.Code;
import dev.tiercel.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What users see of tests of rules: each `rule-tests/NAME.yaml` beside its report `NAME.txt`.
class RuleTestSuiteTest {

    private static final Path FOLDER = Path.of("src/test/resources/golden/rule-tests");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passing",
                "failing",
                "wrong",
                "unknown",
                "refused",
                "histories",
                "histories-failing",
                "histories-wrong"
            })
    void reports(String name) throws IOException {
        RuleTestReport report = RuleTestSuite.read(file(name)).run(List.of(), any -> true);
        StringBuilder text = new StringBuilder();
        report.problems().forEach(problem -> text.append(problem.text()).append("\n\n"));
        for (RuleTestResult result : report.results()) {
            text.append("%s:%d %s%n".formatted(result.file(), result.line(), result.name() + runs(result)));
            result.failures().forEach(failure -> text.append(failure.indent(4)));
        }
        Golden.check("rule-tests/" + name + ".txt", text.toString());
        assertThat(report.passed()).isEqualTo(name.equals("passing") || name.equals("histories"));
        assertThat(report.results().isEmpty()).isEqualTo(!report.problems().isEmpty());
    }

    private static String runs(RuleTestResult result) {
        return result.runs().isEmpty() ? "" : ": " + result.runs();
    }

    @Test
    void filesWithTestsLoadAsIfTheyHadNone() throws IOException {
        Compilation compilation = RuleCompiler.compile(List.of(file("passing")), CompileOptions.defaults());
        assertThat(compilation.diagnostics()).extracting(Diagnostic::code).allMatch(Code.FIELD_NOT_SUPPLIED::equals);
        assertThat(compilation.ruleSet().orElseThrow().rules()).hasSize(4);
    }

    @Test
    void onlyWantedTestsRun() throws IOException {
        RuleTestReport report = RuleTestSuite.read(file("failing")).run(List.of(), "matches"::equals);
        assertThat(report.results()).extracting(RuleTestResult::name).containsExactly("matches");
    }

    @Test
    void testsMayStandApartFromTheirRules() {
        RuleFile rules = new RuleFile("a.yaml", """
                - {rule: A, desc: d, condition: evt.type = execve, output: x, priority: INFO}
                """);
        RuleTestSuite tests = RuleTestSuite.read(new RuleFile("a_test.yaml", """
                - rules: [a.yaml, sub/b.yaml]
                  tests:
                    - {test: t, given: {evt.type: execve}, match: A}
                """));
        assertThat(tests.required()).containsExactly("a.yaml", "sub/b.yaml");
        assertThat(tests.run(List.of(rules), any -> true).passed()).isTrue();
        assertThat(tests.run(List.of(), any -> true).passed()).isFalse();
    }

    @Test
    void filesWithoutTestsAreEmpty() {
        assertThat(RuleTestSuite.read(new RuleFile("a.yaml", "- list: a\n  items: []\n"))
                        .isEmpty())
                .isTrue();
        assertThat(RuleTestSuite.read(new RuleFile("a.yaml", "- tests: []\n")).isEmpty())
                .isTrue();
        assertThat(RuleTestSuite.read(new RuleFile("a.yaml", "- tests: [{\n")).isEmpty())
                .isFalse();
    }

    private static RuleFile file(String name) throws IOException {
        return new RuleFile(name + ".yaml", Files.readString(FOLDER.resolve(name + ".yaml")));
    }

    @Test
    void testsKnowWhatIsAddedToOutputs() {
        RuleTestSuite tests = RuleTestSuite.read(new RuleFile("added.yaml", """
                - signal: opened
                  condition: evt.type = open
                - correlation: twice
                  desc: d
                  type: event_count
                  rules: opened
                  condition: {gte: 2}
                  timespan: 1m
                  output: twice
                  priority: INFO
                - tests:
                    - test: the program is named
                      given: {evt.type: open, proc.name: cat, times: 2}
                      match: {alert: twice, output: twice by cat}
                """));
        List<ExtraOutput> added = List.of(new ExtraOutput("by %proc.name", "syscall", Set.of(), ""));
        assertThat(tests.run(List.of(), added, any -> true).passed()).isTrue();
        assertThat(tests.run(List.of(), any -> true).passed()).isFalse();
    }
}
