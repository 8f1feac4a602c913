package dev.tiercel.ruletools.testing;

import dev.tiercel.fields.Row;
import dev.tiercel.rules.RuleSelection;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.output.Output;
import dev.tiercel.rules.output.OutputField;
import dev.tiercel.rules.source.SourcePosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Runs tests against one rule set.
final class RuleTestRun {

    private static final String ABSENT = "<NA>";

    private final RuleSet rules;
    private final Map<String, Evaluator> evaluators = new LinkedHashMap<>();
    private final HistoryRow rows;
    private final HistoryJudge judge;

    RuleTestRun(RuleSet rules) {
        this.rules = rules;
        this.rows = new HistoryRow(rules);
        this.judge = new HistoryJudge(rules);
    }

    /// Runs a test whose names have been checked.
    RuleTestResult run(RuleTestCase test) {
        long started = System.nanoTime();
        HistoryCase.Result result = RuleTestNames.isHistory(test, rules)
                ? HistoryCase.run(rules, test, judge.judge(test))
                : new HistoryCase.Result(failures(test), "");
        SourcePosition position = test.position();
        return new RuleTestResult(
                test.name(),
                position.file().name(),
                position.line(),
                result.failures(),
                System.nanoTime() - started,
                result.runs());
    }

    private List<String> failures(RuleTestCase test) {
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < test.events().size(); i++) {
            String which = test.events().size() == 1 ? "" : "event %d: ".formatted(i + 1);
            for (String failure : failures(test, test.events().get(i))) {
                failures.add(which + failure);
            }
        }
        return failures;
    }

    private List<String> failures(RuleTestCase test, RuleTestCase.Event event) {
        Map<String, Output> matched = matched(RuleTestNames.source(test, event, rules), event);
        List<String> failures = new ArrayList<>();
        List<String> wanted =
                test.expected().match().stream().map(RuleTestCase.Wanted::name).toList();
        for (RuleTestCase.Wanted rule : test.expected().match()) {
            Output output = matched.get(rule.name());
            if (output == null) {
                failures.add("rule '%s' does not match\nmatched: %s".formatted(rule.name(), names(matched)));
            } else {
                compare(rule, output, failures);
            }
        }
        for (RuleTestCase.Named miss : test.expected().miss()) {
            Predicate<String> glob = RuleSelection.names(miss.name());
            matched.keySet().stream()
                    .filter(rule -> glob.test(rule) && !wanted.contains(rule))
                    .forEach(rule -> failures.add("rule '" + rule + "' matches, and must not"));
        }
        return failures.stream().distinct().toList();
    }

    private Map<String, Output> matched(String source, RuleTestCase.Event event) {
        Map<String, Output> matched = new LinkedHashMap<>();
        Row row = rows.plain(source, event);
        evaluators
                .computeIfAbsent(source, rules::newEvaluator)
                .evaluate(
                        row,
                        rule -> matched.put(rule.name(), rule.outputFormat().render(row)));
        return matched;
    }

    private static String names(Map<String, Output> matched) {
        return matched.isEmpty() ? "no rule" : String.join(", ", matched.keySet());
    }

    static void compare(RuleTestCase.Wanted expected, Output actual, List<String> failures) {
        String text = expected.output();
        if (text != null && !text.equals(actual.text())) {
            failures.add("output differs\nexpected: %s\nactual:   %s".formatted(text, actual.text()));
        }
        for (RuleTestCase.PrintedField field : expected.fields()) {
            String value = printed(actual, field.name());
            if (!Objects.equals(field.value(), value)) {
                failures.add("output field %s differs\nexpected: %s\nactual:   %s"
                        .formatted(field.name(), shown(field.value()), shown(value)));
            }
        }
    }

    private static @Nullable String printed(Output output, String name) {
        return output.fields().stream()
                .filter(field -> field.name().equals(name))
                .map(OutputField::value)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .findFirst()
                .orElse(null);
    }

    private static String shown(@Nullable String value) {
        return value == null ? ABSENT : value;
    }
}
