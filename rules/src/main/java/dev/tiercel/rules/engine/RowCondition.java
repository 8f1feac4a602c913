package dev.tiercel.rules.engine;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.ir.Ir;
import java.util.List;

/// One condition over rows, apart from those of a rule set. Not thread-safe.
public final class RowCondition {
    private final Condition condition;
    private final Evaluation evaluation;

    private RowCondition(Condition condition, Evaluation evaluation) {
        this.condition = condition;
        this.evaluation = evaluation;
    }

    /// Compiles `condition` over rows that are built for `slots`.
    public static RowCondition of(Ir condition, FieldSlots slots) {
        Sharing sharing = new Sharing(new Scopes(slots), List.of(condition));
        Condition compiled = new Closures(sharing).compile(condition);
        return new RowCondition(compiled, sharing.newEvaluation());
    }

    /// Whether the row's current event satisfies the condition.
    public boolean holds(Row row) {
        evaluation.next(row);
        return condition.holds(evaluation);
    }
}
