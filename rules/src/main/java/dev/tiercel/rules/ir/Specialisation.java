package dev.tiercel.rules.ir;

import dev.tiercel.schemas.EventType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Simplifies conditions for events of one type: every [Ir.EventIs] becomes a constant, or for types that
/// [EventType] lacks a condition on the name.
final class Specialisation {

    private final @Nullable EventType type;
    private final Map<Ir, Ir> done = new HashMap<>();

    /// @param type null: any that [EventType] lacks
    Specialisation(@Nullable EventType type) {
        this.type = type;
    }

    Ir apply(Ir ir) {
        return switch (ir) {
            case Ir.EventIs(var types, Ir other) ->
                type == null ? other : types.contains(type) ? Ir.Constant.TRUE : Ir.Constant.FALSE;
            case Ir.And _, Ir.Or _ -> remember(ir);
            default -> ir.mapChildren(this::apply);
        };
    }

    private Ir remember(Ir ir) {
        Ir known = done.get(ir);
        if (known == null) {
            known = ir.mapChildren(this::apply);
            done.put(ir, known);
        }
        return known;
    }
}
