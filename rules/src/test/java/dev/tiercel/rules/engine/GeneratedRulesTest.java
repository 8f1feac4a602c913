package dev.tiercel.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.Row;
import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleMatching;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.check.Conditions;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.source.SyntaxException;
import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Generated conditions: printing and parsing are inverse, and the index with its memory decides as the conditions
/// one by one do, by closures and by generated code.
class GeneratedRulesTest {

    private static final int RULES = 90;
    private static final int EVENTS = 300;
    private static final int PROCESSES = 6;

    static LongStream seeds() {
        return Seeds.seeds(12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void parsingWhatWasPrintedGivesTheSameTree(long seed) throws SyntaxException {
        RuleGenerator generator = new RuleGenerator(seed);
        for (int i = 0; i < 100; i++) {
            Ast ast = generator.condition(4);
            String printed = ast.source();
            assertThat(Conditions.parse(printed).source())
                    .as("seed %d: %s", seed, printed)
                    .isEqualTo(printed);
            assertThat(Conditions.compile(printed).problems())
                    .as("seed %d: %s", seed, printed)
                    .noneMatch(Problem::isError);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bothBackEndsAgreeWithEachConditionAlone(long seed) throws SyntaxException {
        RuleGenerator generator = new RuleGenerator(seed);
        List<String> conditions = new ArrayList<>();
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < RULES; i++) {
            String condition = generator.condition(4).source();
            conditions.add(condition);
            rules.append("- rule: r%d%n  desc: d%n  output: o%n  priority: INFO%n  condition: >%n    %s%n"
                    .formatted(i, condition));
        }
        compare(seed, generator, conditions, rules.toString());
    }

    private static RuleSet compile(String rules, BackEnd backEnd) {
        Compilation compilation = RuleCompiler.compile(
                List.of(new RuleFile("generated.yaml", rules)),
                CompileOptions.defaults().withMatching(RuleMatching.ALL).withBackEnd(backEnd));
        return compilation
                .ruleSet()
                .orElseThrow(() -> new AssertionError(compilation.diagnostics().toString()));
    }

    private static void compare(long seed, RuleGenerator generator, List<String> conditions, String rules)
            throws SyntaxException {
        List<RuleSet> sets = List.of(compile(rules, BackEnd.CLOSURES), compile(rules, BackEnd.GENERATED));
        List<Evaluator> evaluators =
                sets.stream().map(set -> set.newEvaluator(FieldCatalog.SYSCALL)).toList();
        List<Map<String, Object>> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(generator.process());
        }
        List<Conditions> alone = new ArrayList<>();
        for (String condition : conditions) {
            alone.add(Conditions.compile(condition));
        }
        for (int i = 0; i < EVENTS; i++) {
            int process = generator.random().nextInt(PROCESSES);
            Map<String, Object> event = generator.event(processes.get(process));
            TreeSet<Integer> expected = new TreeSet<>();
            for (int rule = 0; rule < alone.size(); rule++) {
                if (alone.get(rule).holds(event)) {
                    expected.add(rule);
                }
            }
            for (int set = 0; set < sets.size(); set++) {
                String name = set == 0 ? "closures" : "generated";
                Set<Integer> actual = matches(sets.get(set), evaluators.get(set), event, process);
                assertThat(actual)
                        .as(() -> "%s, seed %d, event %s, conditions %s"
                                .formatted(name, seed, event, differing(expected, actual, conditions)))
                        .isEqualTo(expected);
            }
        }
    }

    /// Numbers of the rules that match; process 0 must not be remembered.
    private static Set<Integer> matches(RuleSet set, Evaluator evaluator, Map<String, Object> event, int process) {
        Set<Integer> numbers = new TreeSet<>();
        Row row = new ProcessRow(set.slots(), event, process == 0 ? -1 : process);
        evaluator.evaluate(row, rule -> numbers.add(Integer.parseInt(rule.name().substring(1))));
        return numbers;
    }

    private static List<String> differing(Set<Integer> expected, Set<Integer> actual, List<String> conditions) {
        TreeSet<Integer> differing = new TreeSet<>(expected);
        differing.addAll(actual);
        differing.removeIf(rule -> expected.contains(rule) && actual.contains(rule));
        return differing.stream().map(conditions::get).toList();
    }

    /// An event of a process that the evaluation may remember.
    private static final class ProcessRow implements Row {
        private final MapRow row;
        private final long token;

        ProcessRow(FieldSlots slots, Map<String, Object> event, long token) {
            this.row = new MapRow(slots, event);
            this.token = token;
        }

        @Override
        public int eventType() {
            return row.eventType();
        }

        @Override
        public long processToken() {
            return token;
        }

        @Override
        public long eventToken() {
            return row.eventToken();
        }

        @Override
        public boolean present(int slot) {
            return row.present(slot);
        }

        @Override
        public long number(int slot) {
            return row.number(slot);
        }

        @Override
        public @Nullable String text(int slot) {
            return row.text(slot);
        }

        @Override
        public byte @Nullable [] bytes(int slot) {
            return row.bytes(slot);
        }

        @Override
        public @Nullable List<String> texts(int slot) {
            return row.texts(slot);
        }
    }
}
