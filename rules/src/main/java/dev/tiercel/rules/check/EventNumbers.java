package dev.tiercel.rules.check;

import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.ir.NumberPredicate;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.syntax.Operator;
import java.util.HashMap;
import java.util.Map;

/// Decides comparisons of `evt.num` that all events answer alike: Falco counts events from 1, and rules say
/// `evt.num = 0` for "never".
final class EventNumbers {

    private final int slot;
    private final Map<Ir, Ir> done = new HashMap<>();

    /// @param slot of `evt.num`
    EventNumbers(int slot) {
        this.slot = slot;
    }

    /// `ir` with those comparisons decided.
    Ir decide(Ir ir) {
        if (ir instanceof Ir.NumberIs(ValueExpression.Slot operand, NumberPredicate predicate)
                && operand.slot() == slot) {
            return never(predicate) ? Ir.Constant.FALSE : always(predicate) ? Ir.Constant.TRUE : ir;
        }
        if (ir instanceof Ir.Present(ValueExpression.Slot operand) && operand.slot() == slot) {
            return Ir.Constant.TRUE;
        }
        Ir known = done.get(ir);
        if (known == null) {
            known = ir.mapChildren(this::decide);
            done.put(ir, known);
        }
        return known;
    }

    private static boolean never(NumberPredicate predicate) {
        return switch (predicate) {
            case NumberPredicate.In(var values) -> values.stream().allMatch(value -> value == 0);
            case NumberPredicate.Order(Operator operator, long operand, boolean unsigned) ->
                (operator == Operator.LT && (operand == 0 || operand == 1)) || (operator == Operator.LE && operand == 0);
            case NumberPredicate.Real _ -> false;
        };
    }

    private static boolean always(NumberPredicate predicate) {
        return predicate instanceof NumberPredicate.Order(Operator operator, long operand, boolean unsigned)
                && ((operator == Operator.GT && operand == 0)
                        || (operator == Operator.GE && (operand == 0 || operand == 1)));
    }
}
