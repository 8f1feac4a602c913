package dev.tiercel.rules.engine;

import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.ir.TextPredicate;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.match.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Text tables for the fields that are tested often enough.
final class TextTables {

    /// Below this number the predicates of a field are evaluated one by one.
    private static final int FEW = 4;

    private final Map<ValueExpression.Slot, TextTable> tables = new LinkedHashMap<>();
    private int processPredicates;

    /// Builds tables for the predicates in `conditions`.
    TextTables(Iterable<Ir> conditions, Scopes scopes) {
        Map<ValueExpression.Slot, Set<TextPredicate>> predicates = new LinkedHashMap<>();
        for (Ir ir : conditions) {
            if (ir instanceof Ir.TextIs(ValueExpression.Slot slot, TextPredicate predicate)
                    && TextTable.answers(predicate)) {
                predicates
                        .computeIfAbsent(slot, absent -> new LinkedHashSet<>())
                        .add(predicate);
            }
        }
        predicates.forEach((slot, ofSlot) -> {
            if (ofSlot.size() >= FEW) {
                add(slot, ofSlot, scopes.processOnly(slot));
            }
        });
    }

    private void add(ValueExpression.Slot slot, Set<TextPredicate> predicates, boolean ofProcess) {
        tables.put(
                slot,
                new TextTable(slot, predicates, new TextTable.Numbering(tables.size(), ofProcess, processPredicates)));
        if (ofProcess) {
            processPredicates += (predicates.size() + 63) & ~63;
        }
    }

    /// All, by number.
    List<TextTable> all() {
        return new ArrayList<>(tables.values());
    }

    /// Number of process predicates reserved by tables, a multiple of 64.
    int processPredicates() {
        return processPredicates;
    }

    /// The table that evaluates `ir`; null: none.
    @Nullable
    TextTable of(Ir ir) {
        if (!(ir instanceof Ir.TextIs(ValueExpression.Slot slot, TextPredicate predicate))) {
            return null;
        }
        TextTable table = tables.get(slot);
        return table == null || table.indexOf(predicate) < 0 ? null : table;
    }
}
