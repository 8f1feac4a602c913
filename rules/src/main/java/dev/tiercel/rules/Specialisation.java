package dev.tiercel.rules;

import dev.tiercel.schemas.EventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Simplifies conditions for events of one type: every [Ir.EventIs] becomes a constant.
final class Specialisation {

    private final @org.jspecify.annotations.Nullable EventType type;
    private final Map<Ir, Ir> done = new HashMap<>();

    /// @param type null: a type we do not know
    Specialisation(@org.jspecify.annotations.Nullable EventType type) {
        this.type = type;
    }

    Ir apply(Ir ir) {
        return switch (ir) {
            case Ir.EventIs(var types) -> type != null && types.contains(type) ? Ir.TRUE : Ir.FALSE;
            case Ir.And(var terms) -> remember(ir, () -> Ir.and(applyAll(terms)));
            case Ir.Or(var terms) -> remember(ir, () -> Ir.or(applyAll(terms)));
            case Ir.Not(Ir term) -> Ir.not(apply(term));
            case Ir.ExactlyOne(var terms) -> exactlyOne(applyAll(terms));
            case Ir.Constant leaf -> ir;
            case Ir.Present leaf -> ir;
            case Ir.TextIs leaf -> ir;
            case Ir.NumberIs leaf -> ir;
            case Ir.BytesAre leaf -> ir;
            case Ir.Elements leaf -> ir;
            case Ir.Pair leaf -> ir;
        };
    }

    private Ir remember(Ir ir, java.util.function.Supplier<Ir> simplified) {
        Ir known = done.get(ir);
        if (known == null) {
            known = simplified.get();
            done.put(ir, known);
        }
        return known;
    }

    private List<Ir> applyAll(List<Ir> terms) {
        List<Ir> applied = new ArrayList<>(terms.size());
        for (Ir term : terms) {
            applied.add(apply(term));
        }
        return applied;
    }

    private static Ir exactlyOne(List<Ir> terms) {
        List<Ir> open = new ArrayList<>(terms);
        open.removeIf(Ir.FALSE::equals);
        if (!open.contains(Ir.TRUE)) {
            return open.isEmpty() ? Ir.FALSE : open.size() == 1 ? open.getFirst() : new Ir.ExactlyOne(open);
        }
        open.remove(Ir.TRUE);
        return Ir.not(Ir.or(open));
    }
}
