package dev.tiercel.rules;

import dev.tiercel.fields.Row;
import java.util.List;
import java.util.Set;

/// Compiles comparisons of two values of an event.
final class Pairs {

    private Pairs() {}

    static Condition compile(Source left, Operator operator, Source right) {
        if (left.list() || right.list()) {
            return lists(left, operator == Operator.IN, right);
        }
        return switch (left.type().carrier()) {
            case NUMBER ->
                evaluation -> {
                    Row row = evaluation.row();
                    return Values.present(row, left)
                            && Values.present(row, right)
                            && numbers(Values.number(row, left), operator, Values.number(row, right), left);
                };
            case TEXT ->
                evaluation -> {
                    Row row = evaluation.row();
                    String first = Values.text(row, left);
                    String second = Values.text(row, right);
                    return first != null && second != null && texts(first, operator, second);
                };
            case BYTES ->
                evaluation -> {
                    byte[] first = Values.bytes(evaluation.row(), left);
                    byte[] second = Values.bytes(evaluation.row(), right);
                    return first != null && second != null && bytes(first, operator, second);
                };
        };
    }

    private static Condition lists(Source left, boolean every, Source right) {
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

    private static List<String> elements(Row row, Source source) {
        List<String> texts = source.list() ? Values.texts(row, source) : null;
        if (texts != null) {
            return texts;
        }
        String text = source.list() ? null : Values.text(row, source);
        return text == null ? List.of() : List.of(text);
    }

    private static boolean numbers(long left, Operator operator, long right, Source source) {
        NumberTest test = switch (operator) {
            case LT, LE, GT, GE -> new NumberTest.Order(operator, right, Literals.unsigned(source.type()));
            default -> new NumberTest.In(Set.of(right));
        };
        return NumberTests.compile(test).test(left);
    }

    private static boolean texts(String left, Operator operator, String right) {
        return switch (operator) {
            case LT -> left.compareTo(right) < 0;
            case LE -> left.compareTo(right) <= 0;
            case GT -> left.compareTo(right) > 0;
            case GE -> left.compareTo(right) >= 0;
            case CONTAINS -> left.contains(right);
            case ICONTAINS -> TextTests.fold(left).contains(TextTests.fold(right));
            case STARTSWITH -> left.startsWith(right);
            case ENDSWITH -> left.endsWith(right);
            case GLOB -> Globs.compile(right, false).test(left);
            case IGLOB -> Globs.compile(right, true).test(left);
            default -> left.equals(right);
        };
    }

    private static boolean bytes(byte[] left, Operator operator, byte[] right) {
        Bytes operand = new Bytes(right);
        BytesTest test = switch (operator) {
            case CONTAINS, BCONTAINS -> new BytesTest.Contains(operand);
            case STARTSWITH, BSTARTSWITH -> new BytesTest.StartsWith(operand);
            case ENDSWITH -> new BytesTest.EndsWith(operand);
            default -> new BytesTest.In(Set.of(operand));
        };
        return BytesTests.compile(test).test(left);
    }
}
