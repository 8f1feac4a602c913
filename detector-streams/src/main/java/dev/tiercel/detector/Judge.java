package dev.tiercel.detector;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.syscall.SyscallRow;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.MatchHandler;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.output.Output;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.BatchCursor;
import io.micrometer.core.instrument.Counter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// Judges the events of batches by one rule set. Of Kafka it knows only the location of a batch.
///
/// Use: [#begin], then [#advance] until it is false; after each, [#raised] are the new alerts. So the alerts of a large
/// batch are never held all at once. An event that matches nothing allocates nothing. Not thread-safe: each task has
/// its own judge.
final class Judge {
    private final LoadedRules rules;
    private final Evaluator evaluator;
    private final SyscallRow row;
    private final DetectorMetrics metrics;
    private final LaneSequences sequences;
    private final AlertSize size = new AlertSize();
    private final BatchCursor cursor = new BatchCursor();
    private final MatchHandler onMatch = this::matched;
    private final IdentityHashMap<Rule, Counter> matches = new IdentityHashMap<>();
    private final List<Detection> raised = new ArrayList<>();
    private EventLocation batch = new EventLocation("", 0, 0, 0);
    private boolean evidenceComplete;
    private int events;
    private long nanos;

    Judge(LoadedRules rules, DetectorMetrics metrics, LaneSequences sequences) {
        this.rules = rules;
        this.evaluator = rules.ruleSet().newEvaluator(FieldCatalog.SYSCALL);
        this.row = new SyscallRow(rules.ruleSet().slots());
        this.metrics = metrics;
        this.sequences = sequences;
    }

    /// The rules in use.
    LoadedRules rules() {
        return rules;
    }

    /// Begins the batch whose first event is at `location`.
    ///
    /// @throws BadRecordException if it is no batch
    void begin(byte[] value, EventLocation location) {
        batch = location;
        events = 0;
        nanos = 0;
        size.begin();
        cursor.wrap(value);
        row.batch(cursor);
        long missing = sequences.missingBefore(cursor);
        metrics.sequence(missing);
        evidenceComplete = !cursor.incomplete() && missing <= 0;
    }

    /// Judges events until one raises alerts or the batch ends. Alerts raised before a failure count.
    ///
    /// @return false: the batch has ended
    /// @throws BadRecordException if the batch cannot be read further, or raises too many alerts
    boolean advance() {
        raised.clear();
        long from = System.nanoTime();
        try {
            while (cursor.next()) {
                row.event();
                evaluate();
                events++;
                if (!raised.isEmpty()) return true;
            }
        } finally {
            nanos += System.nanoTime() - from;
        }
        metrics.judged(events, nanos, cursor.lost());
        return false;
    }

    /// What the last call of [#advance] raised, in the order of the rules; valid until the next call.
    List<Detection> raised() {
        return raised;
    }

    private void evaluate() {
        try {
            evaluator.evaluate(row, onMatch);
        } catch (BadRecordException bad) {
            throw bad;
        } catch (RuntimeException failure) {
            metrics.ruleFailed(failure, location());
        }
    }

    private void matched(Rule rule) {
        Output output = rule.outputFormat().render(row);
        List<EventLocation> at = List.of(location());
        Detection detection = new Detection(
                AlertId.of(rule.hash(), at),
                Detection.RuleSummary.of(rule),
                cursor.node(),
                cursor.time(),
                output.text(),
                output.fields(),
                at,
                evidenceComplete);
        raised.add(size.bounded(detection));
        matches.computeIfAbsent(rule, metrics::matches).increment();
    }

    private EventLocation location() {
        return new EventLocation(batch.topic(), batch.partition(), batch.offset(), cursor.eventIndex());
    }
}
