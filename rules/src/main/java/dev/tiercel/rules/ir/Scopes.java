package dev.tiercel.rules.ir;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.Scope;

/// Finds what conditions depend on.
public final class Scopes {

    private final FieldSlots slots;

    public Scopes(FieldSlots slots) {
        this.slots = slots;
    }

    /// Whether all events of a process give the same answer.
    public boolean processOnly(Ir ir) {
        return !(ir instanceof Ir.EventIs)
                && ir.children().stream().allMatch(this::processOnly)
                && ir.operands().stream().allMatch(this::processOnly);
    }

    /// Whether all events of a process give this value.
    public boolean processOnly(ValueExpression operand) {
        return operand instanceof ValueExpression.Slot slot
                ? slots.reference(slot.slot()).field().scope() == Scope.PROCESS
                : operand.inputs().stream().allMatch(this::processOnly);
    }
}
