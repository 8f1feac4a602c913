package dev.tiercel.rules.engine;

import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.ir.TextPredicate;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.match.TextTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Decides which results are cached, for how long, and under which number. Shared by both back ends.
final class Sharing {

    /// How the result of a condition is cached.
    sealed interface Kept {

        /// Not at all.
        record No() implements Kept {}

        /// Until the next event.
        record ForEvent(int number) implements Kept {}

        /// Per process.
        record ForProcess(int number) implements Kept {}

        /// Together with the other predicates of a table.
        record InTable(TextTable table, int predicate) implements Kept {}
    }

    private static final Kept NO = new Kept.No();

    private final Scopes scopes;
    private final Map<Ir, Integer> uses;
    private final TextTables tables;
    private final Map<Ir, Kept> decided = new HashMap<>();
    private int eventPredicates;
    private int processPredicates;

    /// @param roots all conditions that will be compiled
    Sharing(Scopes scopes, List<Ir> roots) {
        this.scopes = scopes;
        this.uses = Uses.count(roots);
        this.tables = new TextTables(uses.keySet(), scopes);
        this.processPredicates = tables.processPredicates();
    }

    TextTables tables() {
        return tables;
    }

    /// How the result of `ir` is cached.
    Kept of(Ir ir) {
        Kept known = decided.get(ir);
        if (known == null) {
            known = decide(ir);
            decided.put(ir, known);
        }
        return known;
    }

    private Kept decide(Ir ir) {
        if (ir instanceof Ir.Constant || ir instanceof Ir.Not || ir instanceof Ir.EventIs) {
            return NO;
        }
        TextTable table = tables.of(ir);
        if (table != null && ir instanceof Ir.TextIs(ValueExpression operand, TextPredicate predicate)) {
            return new Kept.InTable(table, table.indexOf(predicate));
        }
        if (scopes.processOnly(ir)) {
            return new Kept.ForProcess(processPredicates++);
        }
        boolean often = uses.getOrDefault(ir, 0) > 1;
        return often && Cost.of(ir).work() > 1 ? new Kept.ForEvent(eventPredicates++) : NO;
    }

    /// A new evaluation with room for everything decided so far.
    Evaluation newEvaluation() {
        return new Evaluation(eventPredicates, processPredicates, tables.all());
    }
}
