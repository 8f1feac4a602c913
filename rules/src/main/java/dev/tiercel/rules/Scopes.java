package dev.tiercel.rules;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.Scope;
import java.util.List;

/// Finds what conditions depend on.
final class Scopes {

    private final FieldSlots slots;

    Scopes(FieldSlots slots) {
        this.slots = slots;
    }

    /// Whether all events of a process give the same answer.
    boolean processOnly(Ir ir) {
        return switch (ir) {
            case Ir.Constant constant -> true;
            case Ir.And(var terms) -> all(terms);
            case Ir.Or(var terms) -> all(terms);
            case Ir.ExactlyOne(var terms) -> all(terms);
            case Ir.Not(Ir term) -> processOnly(term);
            case Ir.EventIs event -> false;
            case Ir.Present(Source source) -> processOnly(source);
            case Ir.TextIs(Source source, TextTest test) -> processOnly(source);
            case Ir.NumberIs(Source source, NumberTest test) -> processOnly(source);
            case Ir.BytesAre(Source source, BytesTest test) -> processOnly(source);
            case Ir.Elements(Source source, boolean every, TextTest test) -> processOnly(source);
            case Ir.Pair(Source left, Operator operator, Source right) -> processOnly(left) && processOnly(right);
        };
    }

    private boolean all(List<Ir> terms) {
        return terms.stream().allMatch(this::processOnly);
    }

    boolean processOnly(Source source) {
        return switch (source) {
            case Source.Slot slot -> slots.reference(slot.slot()).field().scope() == Scope.PROCESS;
            case Source.Constant constant -> true;
            case Source.Transformed(Transformer transformer, var inputs, String argument) ->
                inputs.stream().allMatch(this::processOnly);
            case Source.Collected(var elements) -> elements.stream().allMatch(this::processOnly);
        };
    }
}
