package dev.tiercel.rules.check;

import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.ir.TextPredicate;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.match.TextPredicates;

/// Evaluates a condition on a known string.
final class StaticText {

    private StaticText() {}

    /// Whether `ir`, whose predicates are all of the same text, holds for `value`.
    static boolean holds(Ir ir, String value) {
        return switch (ir) {
            case Ir.Constant(boolean constant) -> constant;
            case Ir.And(var terms) -> terms.stream().allMatch(term -> holds(term, value));
            case Ir.Or(var terms) -> terms.stream().anyMatch(term -> holds(term, value));
            case Ir.Not(Ir term) -> !holds(term, value);
            case Ir.ExactlyOne(var terms) ->
                terms.stream().filter(term -> holds(term, value)).count() == 1;
            case Ir.Present present -> true;
            case Ir.TextIs(ValueExpression operand, TextPredicate predicate) ->
                TextPredicates.compile(predicate).test(value);
            default -> throw new IllegalStateException("not a test of text: " + ir);
        };
    }

    /// Whether `ir` consists of text predicates only.
    static boolean decidable(Ir ir) {
        return ir.children().isEmpty()
                ? ir instanceof Ir.Constant || ir instanceof Ir.Present || ir instanceof Ir.TextIs
                : ir.children().stream().allMatch(StaticText::decidable);
    }
}
