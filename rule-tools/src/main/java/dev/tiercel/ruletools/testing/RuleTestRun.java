package dev.tiercel.ruletools.testing;

import dev.tiercel.fields.Row;
import dev.tiercel.fields.document.DocumentRow;
import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.RuleSelection;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.output.Output;
import dev.tiercel.rules.output.OutputField;
import dev.tiercel.rules.source.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
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
    private final Map<String, MapRow> rows = new LinkedHashMap<>();
    private final Map<String, DocumentRow> documents = new LinkedHashMap<>();

    RuleTestRun(RuleSet rules) {
        this.rules = rules;
    }

    /// Runs a test whose names have been checked.
    RuleTestResult run(RuleTestCase test) {
        long started = System.nanoTime();
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < test.events().size(); i++) {
            String which = test.events().size() == 1 ? "" : "event %d: ".formatted(i + 1);
            for (String failure : failures(test, test.events().get(i))) {
                failures.add(which + failure);
            }
        }
        SourcePosition position = test.position();
        return new RuleTestResult(
                test.name(), position.file().name(), position.line(), failures, System.nanoTime() - started);
    }

    private List<String> failures(RuleTestCase test, RuleTestCase.Event event) {
        Map<String, Output> matched = matched(RuleTestNames.source(test, rules), event);
        List<String> failures = new ArrayList<>();
        List<String> wanted =
                test.expected().match().stream().map(RuleTestCase.Named::name).toList();
        for (String rule : wanted) {
            Output output = matched.get(rule);
            if (output == null) {
                failures.add("rule '%s' does not match\nmatched: %s".formatted(rule, names(matched)));
            } else {
                compare(test.expected(), output, failures);
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
        Row row = event.document().isEmpty() ? row(source, event.fields()) : row(source, event.document());
        evaluators
                .computeIfAbsent(source, rules::newEvaluator)
                .evaluate(
                        row,
                        rule -> matched.put(rule.name(), rule.outputFormat().render(row)));
        return matched;
    }

    private Row row(String source, Map<String, Object> fields) {
        MapRow row = rows.computeIfAbsent(source, name -> new MapRow(rules.slots(), ZoneOffset.UTC, name));
        row.event(fields);
        return row;
    }

    private Row row(String source, String document) {
        DocumentRow row =
                documents.computeIfAbsent(source, name -> new DocumentRow(name, rules.slots(), ZoneOffset.UTC));
        byte[] json = document.getBytes(StandardCharsets.UTF_8);
        row.event(json, 0, json.length);
        return row;
    }

    private static String names(Map<String, Output> matched) {
        return matched.isEmpty() ? "no rule" : String.join(", ", matched.keySet());
    }

    private static void compare(RuleTestCase.Expected expected, Output actual, List<String> failures) {
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
