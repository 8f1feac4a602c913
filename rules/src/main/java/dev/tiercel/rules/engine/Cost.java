package dev.tiercel.rules.engine;

import dev.tiercel.rules.ir.BytesPredicate;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.ir.NumberPredicate;
import dev.tiercel.rules.ir.TextPredicate;
import dev.tiercel.rules.ir.ValueExpression;
import java.util.List;

/// Static estimate of what a condition costs and how often it holds. Only the order of evaluation depends on it.
///
/// @param work in units of one number comparison
/// @param holds estimated share of events
record Cost(double work, double holds) {

    static Cost of(Ir ir) {
        return switch (ir) {
            case Ir.Constant(boolean value) -> new Cost(0, value ? 1 : 0);
            case Ir.EventIs event -> new Cost(1, 0.1);
            case Ir.Present(ValueExpression operand) -> new Cost(1 + transformation(operand), 0.8);
            case Ir.NumberIs(ValueExpression operand, NumberPredicate predicate) ->
                new Cost(1 + transformation(operand), predicate instanceof NumberPredicate.In ? 0.15 : 0.5);
            case Ir.TextIs(ValueExpression operand, TextPredicate predicate) ->
                of(predicate).plus(transformation(operand));
            case Ir.BytesAre(ValueExpression operand, BytesPredicate predicate) ->
                new Cost(4 + transformation(operand), 0.1);
            case Ir.Elements(ValueExpression operand, boolean every, TextPredicate predicate) ->
                new Cost(10 + 3 * of(predicate).work, 2 * of(predicate).holds).plus(transformation(operand));
            case Ir.Pair pair -> new Cost(5, 0.2);
            case Ir.Not(Ir term) -> of(term).negated();
            case Ir.And(var terms) -> and(terms);
            case Ir.Or(var terms) -> or(terms);
            case Ir.ExactlyOne(var terms) -> or(terms);
        };
    }

    private static Cost of(TextPredicate predicate) {
        return switch (predicate) {
            case TextPredicate.In(var values) ->
                new Cost(values.size() == 1 ? 1.5 : 2.5, Math.min(0.3, 0.03 * values.size()));
            case TextPredicate.Order order -> new Cost(2, 0.5);
            case TextPredicate.Contains(var parts) -> new Cost(6 * parts.size(), Math.min(0.3, 0.04 * parts.size()));
            case TextPredicate.ContainsFolded folded -> new Cost(20, 0.05);
            case TextPredicate.StartsWith(var prefixes) -> new Cost(2, Math.min(0.3, 0.06 * prefixes.size()));
            case TextPredicate.EndsWith(var suffixes) -> new Cost(2, Math.min(0.3, 0.04 * suffixes.size()));
            case TextPredicate.Glob glob -> new Cost(10, 0.05);
            case TextPredicate.Matches matches -> new Cost(100, 0.05);
            case TextPredicate.Below below -> new Cost(8, 0.1);
            case TextPredicate.AsNumber number -> new Cost(5, 0.2);
        };
    }

    private static double transformation(ValueExpression operand) {
        return operand instanceof ValueExpression.Slot ? 0 : 40;
    }

    private Cost plus(double more) {
        return new Cost(work + more, holds);
    }

    private Cost negated() {
        return new Cost(work, 1 - holds);
    }

    private static Cost and(List<Ir> terms) {
        double work = 0;
        double holds = 1;
        for (Ir term : terms) {
            Cost cost = of(term);
            work += cost.work * holds;
            holds *= cost.holds;
        }
        return new Cost(work, holds);
    }

    private static Cost or(List<Ir> terms) {
        double work = 0;
        double fails = 1;
        for (Ir term : terms) {
            Cost cost = of(term);
            work += cost.work * fails;
            fails *= 1 - cost.holds;
        }
        return new Cost(work, 1 - fails);
    }

    /// Rank of a term in a conjunction: low first.
    double conjunctionRank() {
        return work / Math.max(0.001, 1 - holds);
    }

    /// Rank of a term in a disjunction: low first.
    double disjunctionRank() {
        return work / Math.max(0.001, holds);
    }
}
