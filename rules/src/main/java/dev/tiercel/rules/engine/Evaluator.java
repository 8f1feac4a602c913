package dev.tiercel.rules.engine;

import dev.tiercel.fields.Row;

/// Evaluates the rules of one event source, event by event. Not thread-safe: it caches results. Allocates nothing
/// unless a rule matches.
public final class Evaluator {

    private final RuleIndex index;
    private final RuleCode code;
    private final Evaluation evaluation;
    private final long[] candidates;
    private final boolean firstOnly;

    Evaluator(RuleIndex index, Evaluation evaluation, long[] candidates, boolean firstOnly) {
        this.index = index;
        this.code = index.code();
        this.evaluation = evaluation;
        this.candidates = candidates;
        this.firstOnly = firstOnly;
    }

    /// Evaluates the row's current event. Pass the same row every time, or rows whose process tokens never coincide.
    public void evaluate(Row row, MatchHandler handler) {
        int group = index.group(row.eventType());
        if (group >= 0) {
            evaluation.next(row);
            code.evaluate(group, evaluation, candidates, firstOnly, handler);
        }
    }
}
