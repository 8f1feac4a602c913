package dev.tiercel.rules.engine;

import dev.tiercel.rules.ir.Ir;
import java.util.function.IntPredicate;

/// What a condition can come to while values are not known: the weakest condition without them that it implies, as far
/// as each of its predicates can be told from the others.
final class Possible {
    private Possible() {}

    /// The condition with every predicate of an unknown slot replaced by what makes the whole hold more often.
    static Ir of(Ir condition, IntPredicate unknown) {
        return bound(condition, unknown, true);
    }

    /// @param holds what an unknown predicate becomes: true for what `ir` implies, false for what implies it
    private static Ir bound(Ir ir, IntPredicate unknown, boolean holds) {
        return switch (ir) {
            case Ir.And _, Ir.Or _ -> ir.mapChildren(term -> bound(term, unknown, holds));
            case Ir.Not(Ir term) -> Ir.not(bound(term, unknown, !holds));
            default -> ir.slots().anyMatch(unknown) ? new Ir.Constant(holds) : ir;
        };
    }
}
