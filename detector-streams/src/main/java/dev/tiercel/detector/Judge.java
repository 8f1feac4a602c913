package dev.tiercel.detector;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.syscall.SyscallRow;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.MatchHandler;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.output.Output;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.BatchCursor;
import java.util.List;
import java.util.function.Consumer;

/// Judges the events of batches by one rule set. Of Kafka it knows only the location of a batch.
///
/// An event that matches nothing allocates nothing. Not thread-safe: each task has its own judge.
final class Judge {
    private final LoadedRules rules;
    private final Evaluator evaluator;
    private final SyscallRow row;
    private final DetectorMetrics metrics;
    private final Consumer<Detection> detections;
    private final BatchCursor cursor = new BatchCursor();
    private final MatchHandler onMatch = this::matched;
    private EventLocation batch = new EventLocation("", 0, 0, 0);

    /// @param detections receives each match while [#judge] runs, in event order
    Judge(LoadedRules rules, DetectorMetrics metrics, Consumer<Detection> detections) {
        this.rules = rules;
        this.evaluator = rules.ruleSet().newEvaluator(FieldCatalog.SYSCALL);
        this.row = new SyscallRow(rules.ruleSet().slots());
        this.metrics = metrics;
        this.detections = detections;
    }

    /// The rules in use.
    LoadedRules rules() {
        return rules;
    }

    /// Judges the batch whose first event is at `location`. Detections before a failure still count.
    ///
    /// @throws BadRecordException if the batch cannot be read to its end
    void judge(byte[] value, EventLocation location) {
        long from = System.nanoTime();
        batch = location;
        cursor.wrap(value);
        row.batch(cursor);
        int events = 0;
        while (cursor.next()) {
            row.event();
            evaluate();
            events++;
        }
        metrics.judged(events, System.nanoTime() - from, cursor.lost());
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
        List<EventLocation> events = List.of(location());
        metrics.matched(rule);
        detections.accept(new Detection(
                AlertId.of(rule.hash(), events),
                Detection.RuleSummary.of(rule),
                cursor.node(),
                cursor.time(),
                output.text(),
                output.fields(),
                events,
                !cursor.incomplete()));
    }

    private EventLocation location() {
        return new EventLocation(batch.topic(), batch.partition(), batch.offset(), cursor.eventIndex());
    }
}
