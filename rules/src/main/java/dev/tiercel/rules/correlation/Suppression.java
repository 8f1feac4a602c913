package dev.tiercel.rules.correlation;

import dev.tiercel.fields.FieldReference;
import java.time.Duration;
import java.util.List;

/// The `suppress` of a rule or correlation: alerts with equal values are one, with a closing record at the end.
///
/// @param by     fields whose values make the key: of the rule's event source, or a correlation's evidence
/// @param period from the first alert on, in event time
public record Suppression(List<FieldReference> by, Duration period) {
    public Suppression {
        by = List.copyOf(by);
    }
}
