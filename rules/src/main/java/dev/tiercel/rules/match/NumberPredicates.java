package dev.tiercel.rules.match;

import dev.tiercel.rules.ir.NumberPredicate;
import dev.tiercel.rules.syntax.Operator;
import java.util.Arrays;
import java.util.function.LongPredicate;

/// Compiles predicates of numbers.
public final class NumberPredicates {

    private NumberPredicates() {}

    public static LongPredicate compile(NumberPredicate predicate) {
        return switch (predicate) {
            case NumberPredicate.In in -> in(in);
            case NumberPredicate.Order(Operator operator, long operand, boolean unsigned) ->
                unsigned ? unsigned(operator, operand) : signed(operator, operand);
            case NumberPredicate.Real(Operator operator, double operand) ->
                bits -> real(operator, Double.longBitsToDouble(bits), operand);
        };
    }

    private static LongPredicate in(NumberPredicate.In in) {
        long[] values = in.values().stream().mapToLong(Long::longValue).sorted().toArray();
        if (values.length == 1) {
            long only = values[0];
            return value -> value == only;
        }
        return value -> Arrays.binarySearch(values, value) >= 0;
    }

    private static LongPredicate signed(Operator operator, long operand) {
        return switch (operator) {
            case LT -> value -> value < operand;
            case LE -> value -> value <= operand;
            case GT -> value -> value > operand;
            case GE -> value -> value >= operand;
            default -> throw new IllegalStateException("operator=" + operator);
        };
    }

    private static LongPredicate unsigned(Operator operator, long operand) {
        LongPredicate shifted = signed(operator, operand + Long.MIN_VALUE);
        return value -> shifted.test(value + Long.MIN_VALUE);
    }

    private static boolean real(Operator operator, double value, double operand) {
        return switch (operator) {
            case LT -> value < operand;
            case LE -> value <= operand;
            case GT -> value > operand;
            case GE -> value >= operand;
            default -> value == operand;
        };
    }
}
