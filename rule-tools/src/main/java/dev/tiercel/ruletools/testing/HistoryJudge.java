package dev.tiercel.ruletools.testing;

import dev.tiercel.correlation.RuleAlert;
import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.match.MatchMaker;
import dev.tiercel.correlation.match.SuppressKey;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.correlation.Suppression;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.output.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Judges the events of histories by the rules, once each. Not thread-safe.
final class HistoryJudge {

    private static final String TOPIC = "test";
    private static final byte[] NO_PAYLOAD = {};

    private final RuleSet rules;
    private final HistoryRow rows;
    private final Map<String, Evaluator> evaluators = new HashMap<>();
    private final Map<String, MatchMaker> makers = new HashMap<>();

    HistoryJudge(RuleSet rules) {
        this.rules = rules;
        this.rows = new HistoryRow(rules);
    }

    /// What an event is for correlations.
    ///
    /// @param matches of steps
    /// @param alerts of rules
    record Judged(String source, RuleTestCase.When when, Evidence evidence, List<Match> matches, List<Alert> alerts) {

        /// Whether it can make a difference.
        boolean counts() {
            return !matches.isEmpty() || !alerts.isEmpty() || when.gap();
        }
    }

    /// The alert of a rule.
    ///
    /// @param folded what is given to `suppress`
    record Alert(Rule rule, Output output, RuleAlert folded) {}

    /// All events of a history, in the order of the test.
    List<Judged> judge(RuleTestCase test) {
        List<Judged> judged = new ArrayList<>();
        for (RuleTestCase.Event event : test.events()) {
            judged.add(judge(RuleTestNames.source(test, event, rules), event, judged.size()));
        }
        return judged;
    }

    private Judged judge(String source, RuleTestCase.Event event, int number) {
        RuleTestCase.When when = event.when() == null ? RuleTestCase.When.START : event.when();
        String id = "%04d".formatted(number + 1);
        Row row = rows.at(source, event, when, id);
        Evidence evidence = new Evidence(
                source, HistoryRow.time(when.at()), id, HistoryRow.ORIGIN, TOPIC, 0, number, 0, !when.gap());
        Judged judged = new Judged(source, when, evidence, new ArrayList<>(), new ArrayList<>());
        MatchMaker maker =
                makers.computeIfAbsent(source, name -> new MatchMaker(rules.correlations(), name, rules.slots()));
        evaluators.computeIfAbsent(source, rules::newEvaluator).evaluate(row, rule -> {
            maker.make(rule.name(), row, evidence, judged.matches()::add);
            if (!rule.signal()) {
                judged.alerts().add(alert(rule, row, evidence));
            }
        });
        return judged;
    }

    private Alert alert(Rule rule, Row row, Evidence event) {
        RuleAlert folded = new RuleAlert(
                rule.name(),
                key(rule, row),
                rule.name() + ' ' + event.name(),
                0,
                event.time(),
                event,
                NO_PAYLOAD,
                null);
        return new Alert(rule, rule.outputFormat().render(row), folded);
    }

    private List<String> key(Rule rule, Row row) {
        Suppression suppress = rule.suppress();
        return suppress == null
                ? List.of()
                : SuppressKey.of(suppress, rules.slots()).key(row);
    }
}
