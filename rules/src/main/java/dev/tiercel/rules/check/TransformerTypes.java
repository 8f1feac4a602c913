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
            return "filter error: transformer 'join' takes exactly two arguments";
        }
        if (!scalarText(inputs.get(0))) {
            return mistyped(Transformer.JOIN, inputs.get(0));
        }
        boolean list = inputs.get(1).list()
                && (!(inputs.get(1) instanceof ValueExpression.Collected collected)
                        || collected.elements().stream().allMatch(TransformerTypes::scalarText));
        return list ? "" : mistyped(Transformer.JOIN, inputs.get(1));
    }

    private static String concat(List<ValueExpression> inputs) {
        if (inputs.size() < 2) {
            return "filter error: transformer 'concat' takes at least two arguments";
        }
        for (ValueExpression input : inputs) {
            if (!scalarText(input)) {
                return mistyped(Transformer.CONCAT, input);
            }
        }
        return "";
    }

    private static String getopt(List<ValueExpression> inputs) {
        if (inputs.size() != 2 || !(inputs.get(1) instanceof ValueExpression.Constant)) {
            return "filter error: transformer 'getopt' takes a list and a string of options";
        }
        return inputs.getFirst().list() || scalarText(inputs.getFirst())
                ? ""
                : mistyped(Transformer.GETOPT, inputs.getFirst());
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
