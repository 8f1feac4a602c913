package dev.tiercel.rules.check;

import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.rules.syntax.Transformer;
import java.util.List;
import java.util.function.Consumer;

/// Single checks, for cases that call one function.
public final class Checks {

    private Checks() {}

    /// What is wrong with the inputs of a transformer; empty: nothing.
    public static String transformer(Transformer transformer, List<ValueExpression> inputs) {
        return TransformerTypes.problem(transformer, inputs);
    }

    /// Warnings of comparisons with `<NA>`.
    public static void unsafeComparison(Ast.Check check, LocatedText text, Consumer<Problem> problems) {
        UnsafeComparison.check(check, text, problems);
    }
}
