package dev.tiercel.rules.engine;

import dev.tiercel.fields.Row;
import dev.tiercel.rules.ir.ByteString;
import dev.tiercel.rules.ir.BytesPredicate;
import dev.tiercel.rules.ir.NumberPredicate;
import dev.tiercel.rules.ir.TextPredicate;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.match.BytesPredicates;
import dev.tiercel.rules.match.NumberPredicates;
import dev.tiercel.rules.match.TextOperators;
import dev.tiercel.rules.match.TextPredicates;
import dev.tiercel.rules.match.ValueReader;
import dev.tiercel.rules.syntax.Operator;
import dev.tiercel.schemas.RawText;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Compiles comparisons of two values of the same event.
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
            case TEXT ->
                evaluation -> {
                    Row row = evaluation.row();
                    String first = ValueReader.text(row, left);
                    String second = ValueReader.text(row, right);
                    return first != null && second != null && texts(first, operator, second);
                };
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
            List<String> first = elements(row, left);
            List<String> second = elements(row, right);
            if (first.isEmpty() || second.isEmpty()) {
                return false;
            }
            return every ? second.containsAll(first) : first.stream().anyMatch(second::contains);
        };
    }

    private static List<String> elements(Row row, ValueExpression operand) {
        List<String> texts = operand.list() ? ValueReader.texts(row, operand) : null;
        if (texts != null) {
            return texts;
        }
        String text = operand.list() ? null : ValueReader.text(row, operand);
        return text == null ? List.of() : List.of(text);
    }

    private static boolean numbers(long left, Operator operator, long right, ValueExpression operand) {
        NumberPredicate predicate = switch (operator) {
            case LT, LE, GT, GE ->
                new NumberPredicate.Order(operator, right, operand.type().unsigned());
            default -> new NumberPredicate.In(Set.of(right));
        };
        return NumberPredicates.compile(predicate).test(left);
    }

    private static boolean texts(String left, Operator operator, String right) {
        return switch (operator) {
            case LT -> RawText.compare(left, right) < 0;
            case LE -> RawText.compare(left, right) <= 0;
            case GT -> RawText.compare(left, right) > 0;
            case GE -> RawText.compare(left, right) >= 0;
            case CONTAINS -> TextOperators.contains(left, right);
            case ICONTAINS -> TextOperators.contains(TextPredicates.fold(left), TextPredicates.fold(right));
            case STARTSWITH -> TextOperators.startsWith(left, right);
            case ENDSWITH -> TextOperators.endsWith(left, right);
            case GLOB -> glob(right, false).test(left);
            case IGLOB -> glob(right, true).test(left);
            default -> left.equals(right);
        };
    }

    private static Predicate<String> glob(String pattern, boolean folded) {
        return TextPredicates.compile(new TextPredicate.Glob(pattern, folded));
    }

    private static boolean bytes(byte[] left, Operator operator, byte[] right) {
        ByteString operand = new ByteString(right);
        BytesPredicate predicate = switch (operator) {
            case CONTAINS, BCONTAINS -> new BytesPredicate.Contains(operand);
            case STARTSWITH, BSTARTSWITH -> new BytesPredicate.StartsWith(operand);
            case ENDSWITH -> new BytesPredicate.EndsWith(operand);
            default -> new BytesPredicate.In(Set.of(operand));
        };
        return BytesPredicates.compile(predicate).test(left);
    }
}
