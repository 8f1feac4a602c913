package dev.tiercel.rules.ir;

import dev.tiercel.schemas.EventType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Groups event types that conditions cannot tell apart: types of equal signature are specialised once.
public final class EventSignatures {

    private final List<Ir.EventIs> checks;

    private EventSignatures(List<Ir.EventIs> checks) {
        this.checks = checks;
    }

    public static EventSignatures of(List<Ir> conditions) {
        Set<Ir> seen = new LinkedHashSet<>();
        conditions.forEach(condition -> visit(condition, seen));
        List<Ir.EventIs> checks = new ArrayList<>();
        for (Ir ir : seen) {
            if (ir instanceof Ir.EventIs event) {
                checks.add(event);
            }
        }
        return new EventSignatures(checks);
    }

    /// Which event-type checks hold for events of `type`; null: any that [EventType] lacks, which are like no other as
    /// soon as there is a check.
    public BitSet of(@Nullable EventType type) {
        BitSet signature = new BitSet();
        for (int i = 0; i < checks.size(); i++) {
            signature.set(i, type != null && checks.get(i).types().contains(type));
        }
        signature.set(checks.size(), type == null && !checks.isEmpty());
        return signature;
    }

    /// `conditions` simplified for events of `type`; null: any that [EventType] lacks.
    public static List<Ir> specialised(List<Ir> conditions, @Nullable EventType type) {
        return conditions.stream().map(new Specialisation(type)::apply).toList();
    }

    private static void visit(Ir ir, Set<Ir> seen) {
        if (seen.add(ir)) {
            ir.children().forEach(child -> visit(child, seen));
        }
    }

    /// Event types that can satisfy `condition`.
    public static Set<EventType> possible(Ir condition) {
        EventSignatures signatures = of(List.of(condition));
        Map<BitSet, Boolean> possible = new HashMap<>();
        Set<EventType> types = new LinkedHashSet<>();
        for (EventType type : EventType.values()) {
            boolean can = possible.computeIfAbsent(
                    signatures.of(type),
                    absent -> !new Specialisation(type).apply(condition).equals(Ir.Constant.FALSE));
            if (can) {
                types.add(type);
            }
        }
        return types;
    }
}
