package dev.tiercel.detector;

import dev.tiercel.fields.Row;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.MatchHandler;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.output.Output;
import dev.tiercel.schemas.BadRecordException;
import io.micrometer.core.instrument.Counter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// Evaluates the rules of one event source over a row and makes detections of the matches: the common part of judges.
///
/// An event that matches nothing allocates nothing. Not thread-safe.
final class Verdicts {
    private final LoadedRules rules;
    private final Evaluator evaluator;
    private final Row row;
    private final Subject subject;
    private final DetectorMetrics metrics;
    private final AlertSize size = new AlertSize();
    private final MatchHandler onMatch = this::raise;
    private final Runnable all = this::evaluateAll;
    private final IdentityHashMap<Rule, Counter> matches = new IdentityHashMap<>();
    private final List<Detection> raised = new ArrayList<>();

    /// The event that is judged.
    interface Subject {
        /// Id of the alert that `rule` raises for it.
        String alertId(Rule rule, EventLocation at);

        EventLocation location();

        /// Node, cluster or account that it is from.
        String hostname();

        /// Nanoseconds since the epoch.
        long time();

        boolean evidenceComplete();

        /// A rule's output for it, with what every alert about it says.
        default Output complete(Output output) {
            return output;
        }
    }

    Verdicts(LoadedRules rules, String eventSource, Row row, Subject subject, DetectorMetrics metrics) {
        this.rules = rules;
        this.evaluator = rules.ruleSet().newEvaluator(eventSource);
        this.row = row;
        this.subject = subject;
        this.metrics = metrics;
    }

    LoadedRules rules() {
        return rules;
    }

    /// Begins a record.
    void begin() {
        size.begin();
        raised.clear();
    }

    /// Forgets what was raised.
    void clear() {
        raised.clear();
    }

    /// Since the last [#clear], in the order of events and rules.
    List<Detection> raised() {
        return raised;
    }

    /// Evaluates the row as it is now. A bug in a rule's evaluation is counted, and the event with it.
    ///
    /// @throws BadRecordException if the event cannot be read, or the record raises too many alerts
    void evaluate() {
        evaluate(all);
    }

    /// The same with another way to evaluate it.
    void evaluate(Runnable evaluation) {
        try {
            evaluation.run();
        } catch (BadRecordException bad) {
            throw bad;
        } catch (RuntimeException failure) {
            metrics.ruleFailed(failure, subject.location());
        }
    }

    private void evaluateAll() {
        evaluator.evaluate(row, onMatch);
    }

    /// Raises the alert of a rule that the row matches.
    void raise(Rule rule) {
        add(rule, 0);
        matches.computeIfAbsent(rule, metrics::matches).increment();
    }

    /// Raises it again, with what has come to be known of the event.
    void raiseAgain(Rule rule) {
        add(rule, 1);
        metrics.revised();
    }

    private void add(Rule rule, int revision) {
        Output output = subject.complete(rule.outputFormat().render(row));
        EventLocation at = subject.location();
        raised.add(size.bounded(new Detection(
                subject.alertId(rule, at),
                Detection.RuleSummary.of(rule),
                subject.hostname(),
                subject.time(),
                output.text(),
                output.fields(),
                List.of(at),
                subject.evidenceComplete(),
                revision)));
    }
}
