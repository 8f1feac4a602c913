package dev.tiercel.correlation.match;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Makes the matches of events that satisfied a rule: one for each step that names the rule, and whose `where` holds
/// as far as it is about this event. Not thread-safe.
public final class MatchMaker {
    private final Map<String, List<StepMaker>> byRule = new HashMap<>();
    private long unkeyed;

    /// For rows that are built for `slots`.
    ///
    /// @throws IllegalArgumentException if the slots lack a field that a step of `source` captures
    public MatchMaker(List<Correlation> correlations, String source, FieldSlots slots) {
        this(correlations, slots, step -> step.source().equals(source));
    }

    /// For the alerts of `correlation`, which has the fields `slots`.
    public static MatchMaker ofAlerts(String correlation, List<Correlation> correlations, FieldSlots slots) {
        return new MatchMaker(
                correlations,
                slots,
                step -> step.source().isEmpty() && step.rule().equals(correlation));
    }

    private MatchMaker(List<Correlation> correlations, FieldSlots slots, Predicate<CorrelationStep> wanted) {
        Map<FieldReference, Integer> numbers = new HashMap<>();
        for (int slot = 0; slot < slots.size(); slot++) numbers.put(slots.reference(slot), slot);
        for (Correlation correlation : correlations) {
            for (CorrelationStep step : correlation.allSteps()) {
                if (!wanted.test(step)) continue;
                byRule.computeIfAbsent(step.rule(), rule -> new ArrayList<>())
                        .add(new StepMaker(correlation, step, numbers));
            }
        }
    }

    /// Whether the rule or signal called `rule` is a step of a correlation.
    public boolean isStep(String rule) {
        return byRule.containsKey(rule);
    }

    /// Gives the matches of the row's current event, which satisfies `rule`, to `matches`.
    public void make(String rule, Row row, Evidence event, Consumer<Match> matches) {
        make(rule, row, event, List.of(), matches);
    }

    /// As the other, of an event that stands for others.
    ///
    /// @param causes the events behind it, in order
    public void make(String rule, Row row, Evidence event, List<Evidence> causes, Consumer<Match> matches) {
        for (StepMaker step : byRule.getOrDefault(rule, List.of())) {
            if (!step.isKeyed(row)) {
                unkeyed++;
            } else {
                step.make(row, event, causes, matches);
            }
        }
    }

    /// Matches so far that lacked a value of the key, and so were not made.
    public long unkeyed() {
        return unkeyed;
    }
}
