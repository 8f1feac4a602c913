package dev.tiercel.rules.correlation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The `condition` of a correlation that counts.
///
/// @param field      name of what is counted: its position in [CorrelationStep#captured()] of each step is
///                   [CorrelationStep#value()]; null: matches are counted
/// @param percentile 1 to 99 for `value_percentile`; otherwise 0
public record Threshold(
        Comparison comparison, double bound, @Nullable String field, int percentile) {

    /// How the count is compared with the bound.
    public enum Comparison {
        GTE,
        GT,
        LTE,
        LT,
        EQ
    }

    /// `gte 5`, without the field.
    public String text() {
        String number = bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
        return comparison.name().toLowerCase(Locale.ROOT) + " " + number;
    }

    /// Whether more evidence can only help: `gte` and `gt`.
    public boolean isLowerBound() {
        return comparison == Comparison.GTE || comparison == Comparison.GT;
    }
}
