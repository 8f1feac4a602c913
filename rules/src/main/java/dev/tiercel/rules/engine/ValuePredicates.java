package dev.tiercel.rules.engine;

import dev.tiercel.fields.Row;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.match.BytesPredicates;
import dev.tiercel.rules.match.ValueReader;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/// Predicates of single values, called by both back ends. Generated code calls them by name.
final class ValuePredicates {

    private ValuePredicates() {}

    static boolean text(Row row, int slot, Predicate<String> predicate) {
        String value = row.text(slot);
        return value != null && predicate.test(value);
    }

    static boolean textOf(Row row, ValueExpression operand, Predicate<String> predicate) {
        String value = ValueReader.text(row, operand);
        return value != null && predicate.test(value);
    }

    static boolean number(Row row, int slot, LongPredicate predicate) {
        long value = row.number(slot);
        return (value != Row.ABSENT || row.present(slot)) && predicate.test(value);
    }

    static boolean numberIs(Row row, int slot, long wanted) {
        return row.number(slot) == wanted && (wanted != Row.ABSENT || row.present(slot));
    }

    static boolean numberOf(Row row, ValueExpression operand, LongPredicate predicate) {
        return ValueReader.present(row, operand) && predicate.test(ValueReader.number(row, operand));
    }

    static boolean bytes(Row row, ValueExpression operand, BytesPredicates.Compiled predicate) {
        byte[] value = ValueReader.bytes(row, operand);
        return value != null && predicate.test(value);
    }

    static boolean someElement(Row row, ValueExpression operand, Predicate<String> predicate) {
        List<String> values = ValueReader.texts(row, operand);
        if (values != null) {
            for (int i = 0; i < values.size(); i++) {
                if (predicate.test(values.get(i))) {
                    return true;
                }
            }
        }
        return false;
    }

    static boolean everyElement(Row row, ValueExpression operand, Predicate<String> predicate) {
        List<String> values = ValueReader.texts(row, operand);
        if (values == null) {
            return false;
        }
        for (int i = 0; i < values.size(); i++) {
            if (!predicate.test(values.get(i))) {
                return false;
            }
        }
        return true;
    }
}
