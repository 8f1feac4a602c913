package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tiercel.rules.field.MapRow;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Runs `default-rules-tests/*.yaml`: for each default rule, events it must tell on and events it must not.
final class DefaultRulesTest {

    private static final Path TESTS = Path.of("src/test/resources/default-rules-tests");
    private static final Compilation COMPILED = RuleCompiler.compile(
            withEveryRuleEnabled(), CompileOptions.defaults().withMatching(RuleMatching.ALL));

    @Test
    void loadWithoutAnyDiagnostic() {
        Compilation shipped = RuleCompiler.compile(DefaultRules.files(), CompileOptions.defaults());

        assertThat(shipped.diagnostics()).isEmpty();
        assertThat(shipped.ruleSet().orElseThrow().rules()).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void haveTagsAndOutputsThatSayWhoAndWhere() {
        assertThat(ruleSet().rules()).allSatisfy(rule -> {
            assertThat(rule.description()).as(rule.name()).hasSizeGreaterThan(30);
            assertThat(rule.tags()).as(rule.name()).anyMatch(tag -> tag.startsWith("mitre_"));
            assertThat(rule.tags()).as(rule.name()).anyMatch(tag -> tag.matches("TA?\\d{4}(\\.\\d{3})?"));
            assertThat(rule.eventTypes()).as(rule.name()).hasSizeLessThan(20);
        });
    }

    @Test
    void areAllTested() {
        List<String> rules = ruleSet().rules().stream().map(Rule::name).toList();

        assertThat(new TreeSet<>(cases().keySet())).isEqualTo(new TreeSet<>(rules));
        assertThat(cases()).allSatisfy((rule, events) -> {
            assertThat(events.get("match")).as(rule).isNotEmpty();
            assertThat(events.get("miss")).as(rule).isNotEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> tellOnWhatTheyShouldAndNothingElse() {
        return cases().entrySet().stream()
                .map(entry -> dynamicTest(entry.getKey(), () -> check(entry.getKey(), entry.getValue())));
    }

    @Test
    void answerEveryKnownAttackActionThatCanBeSeen() throws IOException {
        Map<String, String> coverage = new LinkedHashMap<>();
        for (String line : Files.readAllLines(TESTS.resolve("attack-coverage.tsv"))) {
            String[] columns = line.split("\t", -1);
            if (!line.startsWith("#")) {
                coverage.put(columns[0], columns[1]);
            }
        }
        List<String> rules = ruleSet().rules().stream().map(Rule::name).toList();

        assertThat(coverage.values().stream().filter(rule -> !rule.equals("-"))).allMatch(rules::contains);
        Optional<Path> actions = Shared.path("reference/attack-actions.tsv");
        assumeTrue(actions.isPresent(), "needs ../shared/reference/attack-actions.tsv");
        assertThat(Files.readAllLines(actions.get()).stream()
                        .map(line -> line.split("\t", -1)[0])
                        .filter(action -> action.startsWith("syscall.")))
                .isSubsetOf(coverage.keySet());
    }

    @Test
    void areQuietDuringOrdinaryWork() {
        assertThat(list("quiet.yaml"))
                .allSatisfy(
                        event -> assertThat(matches(event)).as(event.toString()).isEmpty());
    }

    private static void check(String rule, Map<String, List<Map<String, Object>>> events) {
        for (Map<String, Object> event : Objects.requireNonNull(events.get("match"))) {
            assertThat(matches(event)).as("match: " + event).contains(rule);
        }
        for (Map<String, Object> event : Objects.requireNonNull(events.get("miss"))) {
            assertThat(matches(event)).as("miss: " + event).doesNotContain(rule);
        }
    }

    private static List<String> matches(Map<String, Object> event) {
        List<String> names = new ArrayList<>();
        ruleSet()
                .evaluate(
                        new MapRow(ruleSet().slots(), DefaultRuleEvents.expand(event)), rule -> names.add(rule.name()));
        return names;
    }

    private static RuleSet ruleSet() {
        return COMPILED.ruleSet()
                .orElseThrow(() -> new AssertionError(COMPILED.diagnostics().toString()));
    }

    /// Rules that are off by default are tested like the others.
    private static List<RuleFile> withEveryRuleEnabled() {
        return DefaultRules.files().stream()
                .map(file -> new RuleFile(file.name(), file.content().replace("enabled: false", "enabled: true")))
                .toList();
    }

    private static Map<String, Map<String, List<Map<String, Object>>>> cases() {
        Map<String, Map<String, List<Map<String, Object>>>> all = new LinkedHashMap<>();
        for (String name : List.of("credentials", "files", "processes", "network", "containers", "kernel")) {
            all.putAll(map(name + ".yaml"));
        }
        return all;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, List<Map<String, Object>>>> map(String file) {
        return (Map<String, Map<String, List<Map<String, Object>>>>) load(file);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(String file) {
        return (List<Map<String, Object>>) load(file);
    }

    private static Object load(String file) {
        try {
            String text = Files.readString(TESTS.resolve(file));
            return new Load(LoadSettings.builder().setLabel(file).build()).loadFromString(text);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
