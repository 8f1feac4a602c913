package dev.tiercel.rules.correlation;

import dev.tiercel.rules.source.Limits;
import java.util.Locale;
import java.util.Optional;

/// What a correlation looks for among the matches of one key. Named as in Sigma's correlation rules, where it has them.
public enum CorrelationType {
    /// The number of matches within the timespan.
    EVENT_COUNT,
    /// The number of different values of a field.
    VALUE_COUNT,
    /// The sum of a field's numbers.
    VALUE_SUM,
    /// The mean of a field's numbers, at the end of the timespan.
    VALUE_AVG,
    /// The median of a field's numbers, at the end of the timespan.
    VALUE_MEDIAN,
    /// A percentile of a field's numbers, at the end of the timespan.
    VALUE_PERCENTILE,
    /// Each step matched within the timespan, in any order.
    TEMPORAL,
    /// Each step matched within the timespan, in their order.
    TEMPORAL_ORDERED,
    /// The first step matched, and within the timespan the second did not.
    ABSENCE,
    /// A value of a field that the key did not have within the timespan before.
    FIRST_SEEN;

    /// Whether it compares a count, or what it computes from a field, with a bound.
    public boolean counts() {
        return switch (this) {
            case EVENT_COUNT, VALUE_COUNT, VALUE_SUM, VALUE_AVG, VALUE_MEDIAN, VALUE_PERCENTILE -> true;
            case TEMPORAL, TEMPORAL_ORDERED, ABSENCE, FIRST_SEEN -> false;
        };
    }

    /// Whether it looks at the values of a field.
    public boolean hasField() {
        return this != EVENT_COUNT && (counts() || this == FIRST_SEEN);
    }

    /// Whether what it computes from the values of a field may have a fraction.
    public boolean decimal() {
        return hasField() && this != VALUE_COUNT && this != FIRST_SEEN;
    }

    /// Whether it looks at the matches of all steps as if they were of one, and each event once.
    public boolean pools() {
        return counts() || this == FIRST_SEEN;
    }

    /// Least number of steps.
    int fewestSteps() {
        return pools() ? 1 : 2;
    }

    /// Greatest number of steps.
    int mostSteps() {
        return this == ABSENCE ? 2 : Limits.CORRELATION_STEPS;
    }

    /// As written in rules files: `event_count`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The type written as `text`, if any.
    public static Optional<CorrelationType> parse(String text) {
        for (CorrelationType type : values()) {
            if (type.text().equals(text)) return Optional.of(type);
        }
        return Optional.empty();
    }
}
