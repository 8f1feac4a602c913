package dev.tiercel.rules.engine;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.ir.Ir;
import java.util.Collection;
import java.util.List;

/// A condition compiled by itself, to closures, without sharing or memory.
public final class SingleCondition {

    private final Sharing sharing;
    private final Condition condition;

    public SingleCondition(Ir ir, FieldSlots slots) {
        this.sharing = new Sharing(new Scopes(slots), List.of());
        this.condition = new Closures(sharing).compile(ir);
    }

    public boolean holds(Row event) {
        Evaluation evaluation = sharing.newEvaluation();
        evaluation.next(event);
        return condition.holds(evaluation);
    }

    /// `ir` and all conditions in it.
    public static Collection<Ir> parts(Ir ir) {
        return Uses.count(List.of(ir)).keySet();
    }
}
