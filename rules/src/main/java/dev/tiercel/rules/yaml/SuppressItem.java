package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.LocatedText;
import java.time.Duration;
import java.util.List;

/// The `suppress` of a rule or correlation.
///
/// @param by names of fields
public record SuppressItem(List<LocatedText> by, Duration period) {
    public SuppressItem {
        by = List.copyOf(by);
    }
}
