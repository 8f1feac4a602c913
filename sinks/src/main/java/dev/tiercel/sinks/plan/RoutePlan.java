package dev.tiercel.sinks.plan;

import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.yaml.Priority;
import dev.tiercel.sinks.alert.Template;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A route: which alerts go to which outputs.
///
/// @param name      unique
/// @param when      a condition that compiles; null: every alert
/// @param least     lowest priority
/// @param outputs   their names
/// @param continues whether later routes are looked at as well
/// @param template  instead of the outputs' own form; null: that
/// @param quiet     when alerts are held back; null: never
/// @param limit     beyond which they are held back; null: none
public record RoutePlan(
        String name,
        @Nullable LocatedText when,
        Priority least,
        Set<String> outputs,
        boolean continues,
        @Nullable Template template,
        @Nullable QuietHours quiet,
        @Nullable Limit limit) {
    public RoutePlan {
        outputs = Set.copyOf(outputs);
    }

    /// So many alerts in each period of that length; periods begin at multiples of it since the epoch.
    public record Limit(int alerts, Duration per) {}
}
