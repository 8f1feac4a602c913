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

/// Judges the events of one batch after another by one rule set; knows no Kafka but the batch's place.
///
/// An event that matches nothing costs no allocation. One thread only: each task has a judge of its own.
final class Judge {
    private final LoadedRules rules;
    private final Evaluator evaluator;
    private final SyscallRow row;
    private final DetectorMetrics metrics;
    private final Consumer<Detection> detections;
    private final BatchCursor cursor = new BatchCursor();
    private final MatchHandler onMatch = this::matched;
    private EventPlace batch = new EventPlace("", 0, 0, 0);

    /// @param detections told of each match while [#judge] runs, in event order
    Judge(LoadedRules rules, DetectorMetrics metrics, Consumer<Detection> detections) {
        this.rules = rules;
        this.evaluator = rules.ruleSet().newEvaluator(FieldCatalog.SYSCALL);
        this.row = new SyscallRow(rules.ruleSet().slots());
        this.metrics = metrics;
        this.detections = detections;
    }

    /// The rules it judges by.
    LoadedRules rules() {
        return rules;
    }

    /// Judges the batch whose first event is at `place`. What was detected before a failure stays detected.
    ///
    /// @throws BadRecordException if the batch cannot be read to its end
    void judge(byte[] value, EventPlace place) {
        long from = System.nanoTime();
        batch = place;
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
            metrics.ruleFailed(failure, place());
        }
    }

    private void matched(Rule rule) {
        Output output = rule.outputFormat().render(row);
        List<EventPlace> events = List.of(place());
        metrics.matched(rule);
        detections.accept(new Detection(
                AlertId.of(rule.hash(), events),
                Detection.Meaning.of(rule),
                cursor.node(),
                cursor.time(),
                output.text(),
                output.fields(),
                events,
                cursor.lost() == 0));
    }

    private EventPlace place() {
        return new EventPlace(batch.topic(), batch.partition(), batch.offset(), cursor.eventIndex());
    }
}
