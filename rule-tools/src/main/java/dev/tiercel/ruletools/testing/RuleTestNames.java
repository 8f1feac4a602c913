package dev.tiercel.ruletools.testing;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.rules.RuleSelection;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.check.References;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.source.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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

    /// The event source of a test: its own, or that of the first rule it names.
    static String source(RuleTestCase test, RuleSet rules) {
        RuleTestCase.Expected expected = test.expected();
        if (!expected.source().isEmpty()) {
            return expected.source();
        }
        List<RuleTestCase.Named> named = expected.match().isEmpty() ? expected.miss() : expected.match();
        return rules.rule(named.getFirst().name()).map(Rule::source).orElse(FieldCatalog.SYSCALL);
    }

    private void check(RuleTestCase test) {
        test.expected().match().forEach(name -> checkRule(test, name));
        test.expected().miss().stream().filter(name -> !name.isGlob()).forEach(name -> checkRule(test, name));
        test.expected().miss().stream().filter(RuleTestCase.Named::isGlob).forEach(name -> checkGlob(test, name));
        test.expected().fields().forEach(field -> checkField(test, field));
        if (source(test, rules).equals(FieldCatalog.SYSCALL)) {
            test.events().forEach(event -> checkSystemCall(test, event));
        }
    }

    private void checkSystemCall(RuleTestCase test, RuleTestCase.Event event) {
        if (event.document().isEmpty()) {
            checkType(test, event.fields());
        } else {
            report(test, "A system call is no document", test.position(), "give its fields, or the 'source'");
        }
    }

    private void checkRule(RuleTestCase test, RuleTestCase.Named named) {
        if (rules.rule(named.name()).isEmpty()) {
            List<String> known = rules.rules().stream().map(Rule::name).toList();
            report(
                    test,
                    "No rule is called '" + named.name() + "'",
                    named.position(),
                    Suggestion.of(named.name(), known));
        }
    }

    private void checkGlob(RuleTestCase test, RuleTestCase.Named named) {
        Predicate<String> glob = RuleSelection.names(named.name());
        if (rules.rules().stream().noneMatch(rule -> glob.test(rule.name()))) {
            report(test, "No rule has a name like '" + named.name() + "'", named.position(), "");
        }
    }

    private void checkField(RuleTestCase test, RuleTestCase.PrintedField field) {
        Optional<Rule> rule = rules.rule(test.expected().match().getFirst().name());
        if (rule.isEmpty()) {
            return;
        }
        List<String> printed = rule.get().outputFormat().fieldNames();
        if (!printed.contains(field.name())) {
            report(
                    test,
                    "The output of '" + rule.get().name() + "' has no field " + field.name(),
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
