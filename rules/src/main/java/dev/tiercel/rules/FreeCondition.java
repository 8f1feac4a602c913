package dev.tiercel.rules;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.check.Checker;
import dev.tiercel.rules.check.ExceptionFields;
import dev.tiercel.rules.engine.RowCondition;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.syntax.FieldScope;
import dev.tiercel.rules.yaml.Definitions;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A condition in the rule language that is of no rule: over the fields of whoever compiles it, without macros and
/// lists. Not thread-safe.
public final class FreeCondition {
    private final RowCondition condition;
    private final Row row;

    private FreeCondition(RowCondition condition, Row row) {
        this.condition = condition;
        this.row = row;
    }

    /// Compiles `text`; empty: it was rejected, and `problems` says why, with positions.
    ///
    /// @param item what it belongs to, for the problems
    /// @param row makes the row that [#holds()] looks at, of the fields that the condition names
    public static Optional<FreeCondition> of(
            LocatedText text, ItemName item, FieldScope scope, Problems problems, Function<FieldSlots, Row> row) {
        FieldSlots.Builder slots = new FieldSlots.Builder();
        Definitions none = new Definitions(new ExceptionFields(Map.of()), problems);
        try {
            Ir checked = new Checker(none, Map.of(), Map.of(), Map.of(), problems).check(text, item, scope, slots);
            if (checked == null) return Optional.empty();
            FieldSlots named = slots.build();
            return Optional.of(new FreeCondition(RowCondition.of(checked, named), row.apply(named)));
        } catch (ProblemException problem) {
            problems.add(problem, item);
            return Optional.empty();
        }
    }

    /// Whether the event that the row is on satisfies it.
    public boolean holds() {
        return condition.holds(row);
    }
}
