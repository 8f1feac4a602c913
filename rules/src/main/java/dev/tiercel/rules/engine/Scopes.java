package dev.tiercel.rules.engine;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.Scope;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.ir.ValueExpression;

/// Determines what conditions depend on.
final class Scopes {

    private final FieldSlots slots;

    Scopes(FieldSlots slots) {
        this.slots = slots;
    }

    /// Whether the result is the same for all events of a process.
    boolean processOnly(Ir ir) {
        return !(ir instanceof Ir.EventIs)
                && ir.children().stream().allMatch(this::processOnly)
                && ir.operands().stream().allMatch(this::processOnly);
    }

    /// Whether the value is the same for all events of a process.
    boolean processOnly(ValueExpression operand) {
        return operand instanceof ValueExpression.Slot slot
                ? slots.reference(slot.slot()).field().scope() == Scope.PROCESS
                : operand.inputs().stream().allMatch(this::processOnly);
    }
}
