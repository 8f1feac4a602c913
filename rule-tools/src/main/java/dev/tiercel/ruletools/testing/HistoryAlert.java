package dev.tiercel.ruletools.testing;

import dev.tiercel.correlation.Repeats;
import dev.tiercel.rules.output.Output;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The last revision of an alert that a history raised. Its id is no part of it: that depends on what came first.
///
/// @param name of the rule or correlation
/// @param at in nanoseconds after the start of the test
/// @param evidence the events
/// @param repeats what was folded into it; null: nothing
record HistoryAlert(
        String name,
        long at,
        List<String> key,
        List<Step> evidence,
        Output output,
        boolean complete,
        @Nullable Repeats repeats) {

    HistoryAlert {
        key = List.copyOf(key);
        evidence = List.copyOf(evidence);
    }

    /// An event, and what it contributes to.
    ///
    /// @param id empty: of a rule
    record Step(String id, long at) {
        String text() {
            return (id + " " + HistoryTimes.text(at)).strip();
        }
    }

    long folded() {
        return repeats == null ? 0 : repeats.count();
    }

    /// All that must not depend on how the events arrived, in two lines.
    String text() {
        String steps = evidence.stream().map(Step::text).collect(Collectors.joining(", "));
        return "%s %s, key %s, evidence %s%s%s%n  %s"
                .formatted(
                        HistoryTimes.text(at),
                        name,
                        key,
                        steps.isEmpty() ? "none" : steps,
                        complete ? "" : ", after a gap",
                        repeats == null
                                ? ""
                                : ", %d repeats until %s"
                                        .formatted(
                                                repeats.count(),
                                                HistoryTimes.text(HistoryRow.after(repeats.lastTime()))),
                        output.text());
    }
}
