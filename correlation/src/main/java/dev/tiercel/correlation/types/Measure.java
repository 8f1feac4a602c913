package dev.tiercel.correlation.types;

import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.fields.FieldType;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.correlation.Threshold;
import org.jspecify.annotations.Nullable;

/// What a correlation counts, and how it compares.
final class Measure {
    private static final double UNSIGNED_EXCESS = 0x1p64;

    private final Threshold threshold;
    private final CountedValue counted;

    /// @param counted of no step where matches are counted
    Measure(Threshold threshold, CountedValue counted) {
        this.threshold = threshold;
        this.counted = counted;
    }

    /// The value that is counted of `match`.
    FieldValue value(Match match) {
        return counted.of(match);
    }

    /// The number of the field in `match`; NaN: it is none.
    double number(Match match) {
        FieldValue value = counted.asCarried(match);
        FieldType type = counted.type(match);
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
