package dev.tiercel.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Which rules an event can match whatever some of its fields come to.
class PossibleTest {
    private static final Map<String, String> EVENT = Map.of("evt.type", "open", "proc.name", "cat");

    static LongStream seeds() {
        return Seeds.seeds(8);
    }

    private static String rule(int number, String condition) {
        return "- rule: r%d%n  desc: d%n  output: o%n  priority: INFO%n  condition: >%n    %s%n"
                .formatted(number, condition);
    }

    private static RuleSet compile(String rules) {
        return RuleCompiler.compile(List.of(new RuleFile("rules.yaml", rules)), CompileOptions.defaults())
                .ruleSet()
                .orElseThrow();
    }

    private static IntPredicate slotsOf(RuleSet rules, String prefix) {
        return slot -> rules.slots().reference(slot).field().name().startsWith(prefix);
    }

    private static List<String> names(Evaluator evaluator, RuleSet rules, Map<String, ?> event) {
        List<String> names = new ArrayList<>();
        evaluator.evaluate(new MapRow(rules.slots(), event), rule -> names.add(rule.name()));
        return names;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    proc.name = cat and k8s.ns.name = shop                                  | true
                    proc.name = dog and k8s.ns.name = shop                                  | false
                    proc.name = cat and not k8s.ns.name in (shop)                           | true
                    proc.name = cat and not (k8s.ns.name = shop or proc.name = cat)         | false
                    proc.name = dog or k8s.ns.name exists                                   | true
                    not (proc.name = cat and not k8s.ns.name = shop)                        | true
                    proc.name = cat and tolower(k8s.ns.name) = proc.name                    | true
                    proc.name = cat and evt.type = val(k8s.ns.name)                         | true
                    evt.type = close and k8s.ns.name = shop                                 | false
            """)
    void aRuleIsPossibleIfTheRestOfItHolds(String condition, boolean possible) {
        RuleSet rules = compile(rule(0, condition));
        Evaluator evaluator = rules.newEvaluatorOfPossible(FieldCatalog.SYSCALL, slotsOf(rules, "k8s"));
        assertThat(!names(evaluator, rules, EVENT).isEmpty()).isEqualTo(possible);
    }

    @Test
    void rulesThatNameNothingUnknownAreAsTheyAre() {
        RuleSet rules = compile(rule(0, "proc.name = cat") + rule(1, "proc.name = dog") + rule(2, "evt.type = open"));
        Evaluator evaluator = rules.newEvaluatorOfPossible(FieldCatalog.SYSCALL, slotsOf(rules, "k8s"));
        assertThat(names(evaluator, rules, EVENT)).containsExactly("r0", "r2");
        assertThat(names(rules.newEvaluator(FieldCatalog.SYSCALL), rules, EVENT))
                .containsExactly("r0");
        assertThat(names(rules.newEvaluatorOfAll(FieldCatalog.SYSCALL), rules, EVENT))
                .containsExactly("r0", "r2");
    }

    /// Whatever the names of processes come to, what matches then was possible before.
    @ParameterizedTest
    @MethodSource("seeds")
    void whatMatchesInTheEndWasPossible(long seed) {
        RuleGenerator generator = new RuleGenerator(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            Ast condition = generator.condition(4);
            text.append(rule(i, condition.source()));
        }
        RuleSet rules = compile(text.toString());
        Evaluator all = rules.newEvaluatorOfAll(FieldCatalog.SYSCALL);
        Evaluator possible = rules.newEvaluatorOfPossible(FieldCatalog.SYSCALL, slotsOf(rules, "proc."));
        for (int i = 0; i < 200; i++) {
            Map<String, Object> event = generator.event(generator.process());
            Map<String, Object> unknown = new HashMap<>(event);
            unknown.keySet().removeIf(field -> field.startsWith("proc."));
            List<String> then = names(all, rules, event);
            assertThat(names(possible, rules, unknown))
                    .as("seed %d, event %s", seed, event)
                    .containsAll(then);
        }
    }
}
