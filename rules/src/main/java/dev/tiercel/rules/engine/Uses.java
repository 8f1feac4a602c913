package dev.tiercel.rules.engine;

import dev.tiercel.rules.ir.Ir;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts how often conditions occur within others.
final class Uses {

    private final Map<Ir, Integer> counts = new HashMap<>();

    private Uses() {}

    /// How often each condition occurs in `roots`; the inside of a repeated condition is counted once.
    static Map<Ir, Integer> count(List<Ir> roots) {
        Uses uses = new Uses();
        roots.forEach(uses::visit);
        return uses.counts;
    }

    private void visit(Ir ir) {
        if (counts.merge(ir, 1, Integer::sum) > 1) {
            return;
        }
        ir.children().forEach(this::visit);
    }
}
