package dev.tiercel.rules.check;

import dev.tiercel.fields.FieldType;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.syntax.Transformer;
import java.util.List;

/// Checks the inputs of transformers.
final class TransformerTypes {

    private TransformerTypes() {}

    /// The problem with `inputs`; empty: none.
    static String problem(Transformer transformer, List<ValueExpression> inputs) {
        return switch (transformer) {
            case TOLOWER, TOUPPER, BASENAME ->
                single(transformer, inputs, inputs.getFirst().type().textual());
            case B64 -> single(transformer, inputs, encoded(inputs.getFirst()));
            case LEN -> single(transformer, inputs, measurable(inputs.getFirst()));
            case JOIN -> join(inputs);
            case CONCAT -> concat(inputs);
            case GETOPT -> getopt(inputs);
        };
    }

    private static String single(Transformer transformer, List<ValueExpression> inputs, boolean typed) {
        if (inputs.size() != 1) {
            return "filter error: transformer '" + transformer.text() + "' takes exactly one argument";
        }
        if (inputs.getFirst() instanceof ValueExpression.Constant
                || inputs.getFirst() instanceof ValueExpression.Collected) {
            return "filter error: transformer '" + transformer.text() + "' takes a field, not a constant";
        }
        return typed ? "" : mistyped(transformer, inputs.getFirst());
    }

    private static String join(List<ValueExpression> inputs) {
        if (inputs.size() != 2) {
            return "join() requires exactly 2 arguments: separator and list";
        }
        if (inputs.get(0).list()) {
            return "join() first argument (separator) must be a single value, not a list";
        }
        return inputs.get(1).list() ? "" : "join() second argument must be a list";
    }

    private static String concat(List<ValueExpression> inputs) {
        if (inputs.size() < 2) {
            return "concat() requires at least 2 arguments";
        }
        return inputs.stream().allMatch(TransformerTypes::scalarText) ? "" : "concat() arguments must be strings";
    }

    private static String getopt(List<ValueExpression> inputs) {
        if (inputs.size() != 2) {
            return "getopt() requires exactly 2 arguments: args list and optstring";
        }
        ValueExpression arguments = inputs.getFirst();
        ValueExpression options = inputs.get(1);
        if (arguments instanceof ValueExpression.Constant) {
            return "getopt() first argument must be a list";
        }
        if (options.list()) {
            return "getopt() second argument (optstring) must be a single value";
        }
        return arguments.type().textual() && options.type().textual() ? "" : "getopt() arguments must be strings";
    }

    private static boolean measurable(ValueExpression operand) {
        return operand.list() || operand.type().textual() || operand.type() == FieldType.BYTEBUF;
    }

    private static boolean scalarText(ValueExpression operand) {
        return !operand.list() && operand.type().textual();
    }

    private static boolean encoded(ValueExpression operand) {
        return operand.type() == FieldType.STRING || (operand.type() == FieldType.BYTEBUF && !operand.list());
    }

    private static String mistyped(Transformer transformer, ValueExpression operand) {
        return "filter error: transformer '" + transformer.text() + "' does not take a "
                + (operand.list() ? "list of " : "") + operand.type();
    }
}
