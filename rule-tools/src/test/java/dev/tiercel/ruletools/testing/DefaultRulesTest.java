package dev.tiercel.ruletools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.DefaultRules;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleSelection;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationStep;
import dev.tiercel.rules.correlation.CorrelationType;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.testkit.Checkout;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Runs the `*_test.yaml` beside the default rules: for each rule, events it must tell on and events it must not.
final class DefaultRulesTest {

    private static final Pattern COUNT =
            Pattern.compile("\\| `[a-z0-9`, -]+ \\| (?<source>[a-z0-9_]+) \\| (?<count>\\d+) \\|");
    private static final Path ATTACK_COVERAGE = Path.of("src/test/resources/attack-coverage.tsv");
    private static final List<String> TEST_FILES = Stream.of(
                    "credentials",
                    "files",
                    "processes",
                    "network",
                    "containers",
                    "kernel",
                    "quiet",
                    "k8s-audit",
                    "cloudtrail",
                    "okta",
                    "github",
                    "gcp-audit",
                    "correlations")
            .map(name -> name + "_test.yaml")
            .toList();
    private static final Compilation COMPILED = RuleCompiler.compile(
            DefaultRules.files(),
            CompileOptions.defaults().withSelections(List.of(new RuleSelection.ByName(true, "*"))));

    @Test
    void loadWithoutAnyDiagnostic() {
        Compilation shipped = RuleCompiler.compile(DefaultRules.files(), CompileOptions.defaults());

        assertThat(shipped.diagnostics()).isEmpty();
        assertThat(shipped.ruleSet().orElseThrow().rules()).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void areAsManyOfEachSourceAsTheDocsSay() throws IOException {
        RuleSet shipped = RuleCompiler.compile(DefaultRules.files(), CompileOptions.defaults())
                .ruleSet()
                .orElseThrow();
        Map<String, Long> counted = shipped.rules().stream()
                .filter(rule -> !rule.signal())
                .collect(Collectors.groupingBy(Rule::source, Collectors.counting()));
        Map<String, Long> written = Files.readAllLines(Checkout.root().resolve("docs/operating.md")).stream()
                .map(COUNT::matcher)
                .filter(Matcher::lookingAt)
                .collect(Collectors.toMap(row -> row.group("source"), row -> Long.valueOf(row.group("count"))));

        assertThat(written).isEqualTo(counted);
    }

    @Test
    void haveTagsAndOutputsThatSayWhoAndWhere() {
        assertThat(ruleSet().rules().stream().filter(rule -> !rule.signal())).allSatisfy(rule -> {
            assertThat(rule.description()).as(rule.name()).hasSizeGreaterThan(30);
            assertThat(rule.tags()).as(rule.name()).anyMatch(tag -> tag.startsWith("mitre_"));
            assertThat(rule.tags()).as(rule.name()).anyMatch(tag -> tag.matches("TA?\\d{4}(\\.\\d{3})?"));
            assertThat(rule.eventTypes()).as(rule.name()).hasSizeLessThan(20);
        });
    }

    @Test
    void correlationsTellAStoryAndAreFolded() {
        assertThat(ruleSet().correlations()).hasSizeGreaterThanOrEqualTo(15).allSatisfy(correlation -> {
            assertThat(correlation.description()).as(correlation.name()).hasSizeGreaterThan(30);
            assertThat(correlation.tags()).as(correlation.name()).anyMatch(tag -> tag.startsWith("mitre_"));
            assertThat(correlation.tags()).as(correlation.name()).anyMatch(tag -> tag.matches("TA?\\d{4}(\\.\\d{3})?"));
            if (correlation.type() == CorrelationType.FIRST_SEEN) {
                assertThat(correlation.learning()).as(correlation.name()).isPositive();
            } else {
                assertThat(correlation.suppress()).as(correlation.name()).isNotNull();
            }
        });
    }

    @Test
    void correlationsHaveTheirStoryInTheDocs() throws IOException {
        List<String> told = Files.readAllLines(Checkout.root().resolve("docs/correlations.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| correlation |"))
                .map(line -> line.split(" \\| ", 2)[0].substring(2))
                .toList();

        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        ruleSet().correlations().stream().map(Correlation::name).toList());
    }

    @Test
    void signalsAreNamedByCorrelations() {
        Set<String> fed = ruleSet().correlations().stream()
                .flatMap(correlation -> correlation.steps().stream())
                .map(CorrelationStep::rule)
                .collect(Collectors.toSet());

        assertThat(ruleSet().rules().stream().filter(Rule::signal).map(Rule::name))
                .allMatch(fed::contains);
    }

    @Test
    void eachHasAMatchAndANearMiss() {
        List<RuleTestCase.Expected> expected = TEST_FILES.stream()
                .flatMap(name -> cases(name).stream())
                .map(RuleTestCase::expected)
                .toList();

        assertThat(Stream.concat(
                        ruleSet().rules().stream()
                                .filter(rule -> !rule.signal())
                                .map(Rule::name),
                        ruleSet().correlations().stream().map(Correlation::name)))
                .allSatisfy(rule -> {
                    assertThat(expected)
                            .anyMatch(test -> test.match().stream()
                                    .anyMatch(wanted -> wanted.name().equals(rule)));
                    assertThat(expected)
                            .anyMatch(test -> test.miss().stream()
                                    .anyMatch(named ->
                                            RuleSelection.names(named.name()).test(rule)));
                });
    }

    @TestFactory
    Stream<DynamicTest> tellOnWhatTheyShouldAndNothingElse() {
        return TEST_FILES.stream().flatMap(name -> {
            RuleTestReport report = report(name);
            assertThat(report.problems()).isEmpty();
            return report.results().stream()
                    .map(result -> dynamicTest(
                            result.name(), () -> assertThat(result.failures()).isEmpty()));
        });
    }

    @Test
    void areNamedByTheTableOfAttackActions() throws IOException {
        List<String> rules = ruleSet().rules().stream().map(Rule::name).toList();

        assertThat(coverage()).hasSizeGreaterThan(30);
        assertThat(coverage().values().stream().filter(rule -> !rule.equals("-")))
                .allMatch(rules::contains);
    }

    @Test
    void answerEveryKnownAttackActionThatCanBeSeen() throws IOException {
        assertThat(Files.readAllLines(Shared.required("reference/attack-actions.tsv")).stream()
                        .map(line -> line.split("\t", -1)[0])
                        .filter(action -> action.startsWith("syscall.")))
                .isSubsetOf(coverage().keySet());
    }

    private static Map<String, String> coverage() throws IOException {
        Map<String, String> coverage = new LinkedHashMap<>();
        for (String line : Files.readAllLines(ATTACK_COVERAGE)) {
            String[] columns = line.split("\t", -1);
            if (!line.startsWith("#")) {
                coverage.put(columns[0], columns[1]);
            }
        }
        return coverage;
    }

    private static RuleTestReport report(String name) {
        RuleTestSuite tests = RuleTestSuite.read(DefaultRules.file(name));
        return tests.run(tests.required().stream().map(DefaultRules::file).toList(), any -> true);
    }

    private static List<RuleTestCase> cases(String name) {
        RuleTestReader reader = new RuleTestReader(CompileOptions.defaults(), new Problems());
        reader.read(DefaultRules.file(name));
        return reader.cases();
    }

    private static RuleSet ruleSet() {
        return COMPILED.ruleSet()
                .orElseThrow(() -> new AssertionError(COMPILED.diagnostics().toString()));
    }
}
