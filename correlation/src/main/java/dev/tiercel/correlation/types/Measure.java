package dev.tiercel.correlation.types;

import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldType;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.correlation.Threshold;
import org.jspecify.annotations.Nullable;

/// What a correlation counts, and how it compares.
final class Measure {
    private static final double UNSIGNED_EXCESS = 0x1p64;

    private final Threshold threshold;
    private final int position;
    private final FieldType type;

    /// @param value the field that is counted
    Measure(Threshold threshold, int position, FieldReference value) {
        this.threshold = threshold;
        this.position = position;
        type = value.field().type();
    }

    /// Of matches.
    Measure(Threshold threshold) {
        this.threshold = threshold;
        position = -1;
        type = FieldType.STRING;
    }

    /// The value of the field in `match`.
    FieldValue value(Match match) {
        return match.values().get(position);
    }

    /// The number of the field in `match`; NaN: it is none.
    double number(Match match) {
        FieldValue value = value(match);
        if (type.carrier() != FieldType.Carrier.NUMBER) return parsed(value.text());
        long number = value.number();
        if (number == Row.ABSENT && type != FieldType.DOUBLE) return Double.NaN;
        if (type == FieldType.DOUBLE) return value.present() ? Double.longBitsToDouble(number) : Double.NaN;
        return number < 0 && type.unsigned() ? number + UNSIGNED_EXCESS : number;
    }

    private static double parsed(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 40) return Double.NaN;
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }

    /// Whether `count` satisfies the condition.
    boolean isReached(double count) {
        return switch (threshold.comparison()) {
            case GTE -> count >= threshold.bound();
            case GT -> count > threshold.bound();
            case LTE -> count <= threshold.bound();
            case LT -> count < threshold.bound();
            case EQ -> count == threshold.bound();
        };
    }

    /// Whether more can only help to reach it.
    boolean isLowerBound() {
        return threshold.isLowerBound();
    }

    int percentile() {
        return threshold.percentile();
    }
}
