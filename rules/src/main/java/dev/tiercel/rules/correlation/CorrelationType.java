package dev.tiercel.rules.correlation;

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
