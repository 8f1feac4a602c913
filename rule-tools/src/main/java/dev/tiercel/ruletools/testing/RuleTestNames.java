package dev.tiercel.ruletools.testing;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.rules.RuleSelection;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.check.References;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.output.OutputFormat;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.source.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Checks the names in tests against the rules: a test that names something unknown would prove nothing.
final class RuleTestNames {

    private final RuleSet rules;
    private final Problems problems;

    private RuleTestNames(RuleSet rules, Problems problems) {
        this.rules = rules;
        this.problems = problems;
    }

    /// Reports the problems of `tests`.
    static void check(List<RuleTestCase> tests, RuleSet rules, Problems problems) {
        RuleTestNames names = new RuleTestNames(rules, problems);
        tests.forEach(names::check);
    }

    /// Whether a test is a history: its events have times, or it is about a correlation.
    static boolean isHistory(RuleTestCase test, RuleSet rules) {
        Set<String> correlations = Set.copyOf(correlations(rules));
        return test.hasTimes()
                || test.expected().match().stream().anyMatch(wanted -> correlations.contains(wanted.name()))
                || test.expected().miss().stream().anyMatch(named -> correlations.contains(named.name()));
    }

    /// The event source of an event: its own, or that of the test, or that of the first rule that the test names.
    static String source(RuleTestCase test, RuleTestCase.Event event, RuleSet rules) {
        if (!event.source().isEmpty()) {
            return event.source();
        }
        RuleTestCase.Expected expected = test.expected();
        if (!expected.source().isEmpty()) {
            return expected.source();
        }
        String named = expected.match().isEmpty()
                ? expected.miss().getFirst().name()
                : expected.match().getFirst().name();
        return rules.rule(named).map(Rule::source).orElse(FieldCatalog.SYSCALL);
    }

    private void check(RuleTestCase test) {
        List<String> rulesOnly = rules.rules().stream().map(Rule::name).toList();
        List<String> known = new ArrayList<>(rulesOnly);
        known.addAll(correlations(rules));
        test.expected().match().forEach(wanted -> checkRule(test, wanted.named(), known));
        for (RuleTestCase.Named miss : test.expected().miss()) {
            if (miss.isGlob()) {
                checkGlob(test, miss, isHistory(test, rules) ? correlations(rules) : rulesOnly);
            } else {
                checkRule(test, miss, known);
            }
        }
        test.expected().match().forEach(wanted -> wanted.fields().forEach(field -> checkField(test, wanted, field)));
        test.events().forEach(event -> checkEvent(test, event));
    }

    private static List<String> correlations(RuleSet rules) {
        return rules.correlations().stream().map(Correlation::name).toList();
    }

    private void checkEvent(RuleTestCase test, RuleTestCase.Event event) {
        if (!source(test, event, rules).equals(FieldCatalog.SYSCALL)) {
            return;
        }
        if (event.document().isEmpty()) {
            checkType(test, event.fields());
        } else {
            report(test, "A system call is no document", test.position(), "give its fields, or the 'source'");
        }
    }

    private void checkRule(RuleTestCase test, RuleTestCase.Named named, List<String> known) {
        if (!known.contains(named.name())) {
            report(
                    test,
                    "No rule is called '" + named.name() + "'",
                    named.position(),
                    Suggestion.of(named.name(), known));
        }
    }

    private void checkGlob(RuleTestCase test, RuleTestCase.Named named, List<String> known) {
        if (known.stream().noneMatch(RuleSelection.names(named.name()))) {
            report(test, "No rule has a name like '" + named.name() + "'", named.position(), "");
        }
    }

    private void checkField(RuleTestCase test, RuleTestCase.Wanted wanted, RuleTestCase.PrintedField field) {
        Optional<OutputFormat> output = rules.rule(wanted.name())
                .map(Rule::outputFormat)
                .or(() -> rules.correlations().stream()
                        .filter(correlation -> correlation.name().equals(wanted.name()))
                        .map(Correlation::output)
                        .findFirst());
        List<String> printed = output.map(OutputFormat::fieldNames).orElse(List.of(field.name()));
        if (!printed.contains(field.name())) {
            report(
                    test,
                    "The output of '" + wanted.name() + "' has no field " + field.name(),
                    field.position(),
                    Suggestion.of(field.name(), printed));
        }
    }

    private void checkType(RuleTestCase test, Map<String, Object> event) {
        Object type = event.get("evt.type");
        if (type == null) {
            report(test, "An event has no evt.type", test.position(), "add it, or use 'like'");
        } else if (!References.eventTypes().contains(type.toString())) {
            String hint = Suggestion.of(type.toString(), References.eventTypes());
            report(test, "Unknown event type " + type, test.position(), hint);
        }
    }

    private void report(RuleTestCase test, String message, SourcePosition position, String hint) {
        problems.add(Code.RULE_TEST_INVALID, message, position, new ItemName("test", test.name()), hint);
    }
}
