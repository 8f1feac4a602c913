package dev.tiercel.rules.engine;

import dev.tiercel.fields.Row;

/// Evaluates the rules of one source, event by event. One thread only: it remembers results. No allocation unless a
/// rule matches.
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

    /// Evaluates the row's present event. Always the same row, or rows whose process tokens never coincide.
    public void evaluate(Row row, MatchHandler handler) {
        int group = index.group(row.eventType());
        if (group >= 0) {
            evaluation.next(row);
            code.evaluate(group, evaluation, candidates, firstOnly, handler);
        }
    }
}
