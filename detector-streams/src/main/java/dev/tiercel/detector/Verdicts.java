package dev.tiercel.detector;

import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.detector.correlate.MatchOutlet;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.correlation.Suppression;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.MatchHandler;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.output.Output;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.avro.Alert;
import io.micrometer.core.instrument.Counter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// Evaluates the rules of one event source over a row and makes detections of the matches: the common part of
/// judges.
///
/// An event that matches nothing allocates nothing. Not thread-safe.
final class Verdicts {
    private final LoadedRules rules;
    private final String eventSource;
    private final AvroSerde<Alert> alerts;
    private final Evaluator evaluator;
    private final Row row;
    private final Subject subject;
    private final DetectorMetrics metrics;
    private final AlertSize size = new AlertSize();
    private final MatchHandler onMatch = this::raise;
    private final Runnable all = this::evaluateAll;
    private final IdentityHashMap<Rule, Counter> matches = new IdentityHashMap<>();
    private final List<Judgement> raised = new ArrayList<>();
    private final MatchOutlet outlet;
    private long latest;

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

        /// Names it within its source and time, wherever it is: delivered again, it has the same name.
        String identity();
        /// A rule's output for it, with what every alert about it says.
        default Output complete(Output output) {
            return output;
        }
    }

    Verdicts(
            LoadedRules rules,
            String eventSource,
            Row row,
            Subject subject,
            AvroSerde<Alert> alerts,
            DetectorMetrics metrics) {
        this.rules = rules;
        this.eventSource = eventSource;
        this.alerts = alerts;
        this.outlet = new MatchOutlet(rules.ruleSet(), rules.version(), eventSource, metrics.correlations());
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
        outlet.clear();
        latest = 0;
    }

    /// Ends a record: raises what correlations are to see of it.
    void end() {
        EventLocation at = subject.location();
        outlet.drain(at.topic(), at.partition()).forEach(batch -> raised.add(new Judgement.Matched(batch)));
    }

    /// Time of the latest event of the record so far; 0: none.
    long latest() {
        return latest;
    }

    /// Forgets what was raised.
    void clear() {
        raised.clear();
    }

    /// Since the last [#clear], in the order of events and rules.
    List<Judgement> raised() {
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
        latest = Math.max(latest, subject.time());
        try {
            evaluation.run();
        } catch (BadRecordException bad) {
            throw bad;
        } catch (RuntimeException failure) {
            metrics.ruleFailed(failure, subject.location());
        }
        if (outlet.full()) end();
    }

    private void evaluateAll() {
        evaluator.evaluate(row, onMatch);
    }

    /// Raises the alert of a rule that the row matches, and shows the match to correlations.
    void raise(Rule rule) {
        outlet.matched(rule, row, this::evidence);
        if (!rule.signal()) add(rule, 0);
        matches.computeIfAbsent(rule, metrics::matches).increment();
    }

    /// Raises it again, with what has come to be known of the event; one that may be folded stays as it is.
    void raiseAgain(Rule rule) {
        if (rule.signal() || rule.suppress() != null) return;
        add(rule, 1);
        metrics.revised();
    }

    private void add(Rule rule, int revision) {
        Detection detection = detection(rule, revision);
        Suppression suppress = rule.suppress();
        if (suppress != null) {
            outlet.fold(rule, suppress, row, evidence(), detection.id(), alerts.write(AlertRecord.of(detection)));
        } else {
            raised.add(rule.shadow() ? new Judgement.Shadowed(detection) : detection);
        }
    }

    private Evidence evidence() {
        EventLocation at = subject.location();
        return new Evidence(
                eventSource,
                subject.time(),
                subject.identity(),
                subject.hostname(),
                at.topic(),
                at.partition(),
                at.offset(),
                at.index(),
                subject.evidenceComplete());
    }

    private Detection detection(Rule rule, int revision) {
        Output output = subject.complete(rule.outputFormat().render(row));
        EventLocation at = subject.location();
        return size.bounded(new Detection(
                subject.alertId(rule, at),
                Detection.RuleSummary.of(rule),
                subject.hostname(),
                subject.time(),
                output.text(),
                output.fields(),
                List.of(at),
                subject.evidenceComplete(),
                revision,
                null));
    }
}
