package dev.tiercel.rules.engine;

import dev.tiercel.fields.Row;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.match.BytesPredicates;
import dev.tiercel.rules.match.TextRelation;
import dev.tiercel.rules.match.ValueReader;
import dev.tiercel.rules.syntax.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Compiles comparisons of two values of the same event. They allocate nothing.
final class FieldComparisons {

    private FieldComparisons() {}

    static Condition compile(ValueExpression left, Operator operator, ValueExpression right) {
        if (left.list() || right.list()) {
            return lists(left, operator == Operator.IN, right);
        }
        return switch (left.type().carrier()) {
            case NUMBER ->
                evaluation -> {
                    Row row = evaluation.row();
                    return ValueReader.present(row, left)
                            && ValueReader.present(row, right)
                            && numbers(ValueReader.number(row, left), operator, ValueReader.number(row, right), left);
                };
            case TEXT -> texts(left, operator, right);
            case BYTES ->
                evaluation -> {
                    byte[] first = ValueReader.bytes(evaluation.row(), left);
                    byte[] second = ValueReader.bytes(evaluation.row(), right);
                    return first != null && second != null && bytes(first, operator, second);
                };
        };
    }

    private static Condition lists(ValueExpression left, boolean every, ValueExpression right) {
        return evaluation -> {
            Row row = evaluation.row();
            List<String> first = left.list() ? ValueReader.texts(row, left) : null;
            List<String> second = right.list() ? ValueReader.texts(row, right) : null;
            String only = left.list() ? null : ValueReader.text(row, left);
            String other = right.list() ? null : ValueReader.text(row, right);
            int sought = size(first, only);
            if (sought == 0 || size(second, other) == 0) {
                return false;
            }
            for (int i = 0; i < sought; i++) {
                if (contains(second, other, first == null ? only : first.get(i)) != every) {
                    return !every;
                }
            }
            return every;
        };
    }

    /// Of a list or, if it is null, of the one text that stands for it.
    private static int size(@Nullable List<String> texts, @Nullable String only) {
        return texts != null ? texts.size() : only == null ? 0 : 1;
    }

    private static boolean contains(@Nullable List<String> texts, @Nullable String only, @Nullable String sought) {
        if (texts == null) {
            return Objects.equals(only, sought);
        }
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).equals(sought)) {
                return true;
            }
        }
        return false;
    }

    private static boolean numbers(long left, Operator operator, long right, ValueExpression operand) {
        int order = operand.type().unsigned() ? Long.compareUnsigned(left, right) : Long.compare(left, right);
        return operator.isOrder() ? operator.holds(order) : left == right;
    }

    private static Condition texts(ValueExpression left, Operator operator, ValueExpression right) {
        TextRelation relation = TextRelation.of(operator);
        return evaluation -> {
            Row row = evaluation.row();
            String first = ValueReader.text(row, left);
            String second = ValueReader.text(row, right);
            return first != null && second != null && relation.holds(first, second);
        };
    }

    private static boolean bytes(byte[] left, Operator operator, byte[] right) {
        return switch (operator) {
            case CONTAINS, BCONTAINS -> BytesPredicates.contains(left, right);
            case STARTSWITH, BSTARTSWITH -> BytesPredicates.startsWith(left, right);
            case ENDSWITH -> BytesPredicates.endsWith(left, right);
            default -> Arrays.equals(left, right);
        };
    }
}
