package dev.tiercel.rules.check;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.rules.syntax.Operator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Warns of comparisons with `<NA>`, the actual value of absent fields in JSON events.
final class UnsafeComparison {

    private static final Set<Operator> OPERATORS =
            EnumSet.of(Operator.EQ, Operator.NE, Operator.IN, Operator.INTERSECTS, Operator.PMATCH);

    private UnsafeComparison() {}

    static void check(Ast.Check check, LocatedText text, Consumer<Problem> problems) {
        if (!OPERATORS.contains(check.operator()) || !isUnsafe(check.left())) {
            return;
        }
        List<Ast.Operand> values =
                check.right() instanceof Ast.Values(var operands, int at) ? operands : List.of(check.right());
        for (Ast.Operand value : values) {
            if (value instanceof Ast.Literal(String literal, int at) && literal.equals("<NA>")) {
                problems.accept(new Problem(
                        Code.LOAD_UNSAFE_NA_CHECK,
                        "comparing a field value with <NA> is unsafe and can lead to unpredictable behavior of the rule"
                                + " condition. If you need to check for the existence of a field, consider using the"
                                + " 'exists' operator instead.",
                        text.position(at)));
            }
        }
    }

    /// Whether the operand, or an input of it, is a field of a JSON event.
    private static boolean isUnsafe(Ast.Operand operand) {
        return switch (operand) {
            case Ast.Field(String name, var argument, int at) -> name.startsWith("ka.") || name.startsWith("jevt.");
            case Ast.Transformer(String name, var operands, var argument, int at) ->
                operands.stream().anyMatch(UnsafeComparison::isUnsafe);
            case Ast.Values(var operands, int at) -> operands.stream().anyMatch(UnsafeComparison::isUnsafe);
            case Ast.Literal literal -> false;
        };
    }
}
