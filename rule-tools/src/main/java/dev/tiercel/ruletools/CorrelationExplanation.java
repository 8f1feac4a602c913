package dev.tiercel.ruletools;

import dev.tiercel.rules.correlation.Correlation;
import java.util.List;
import java.util.Map;

/// An explanation of a correlation: its source, what its steps carry, and what one key can cost.
///
/// @param text    its lines in the rules file, before overrides
/// @param steps   in their order, `until` last
/// @param key     part of the key to the fields that it is in each source: `pod` to `k8s.pod.uid (syscall)`
/// @param sources event sources of the steps, and of those of the correlations that feed them; sorted
/// @param state   what is kept of one key at most, in words
/// @param raised  when an alert is raised, in words
/// @param except  what exceptions leave, as it compiled; empty: there are none
/// @param needs   what must be collected, in words
public record CorrelationExplanation(
        Correlation correlation,
        String text,
        List<Step> steps,
        Map<String, List<String>> key,
        List<String> sources,
        String state,
        String raised,
        String except,
        List<String> needs) {

    public CorrelationExplanation {
        steps = List.copyOf(steps);
        sources = List.copyOf(sources);
        needs = List.copyOf(needs);
    }

    /// A step.
    ///
    /// @param source event source; empty for a correlation
    /// @param where  as it compiled; empty: every match
    /// @param carried the fields of its matches that are kept
    /// @param events event types that its rule can match, for `syscall`
    public record Step(String id, String rule, String source, String where, List<String> carried, List<String> events) {
        public Step {
            carried = List.copyOf(carried);
            events = List.copyOf(events);
        }
    }
}
