package dev.tiercel.detector.correlate;

import dev.tiercel.correlation.SuppressedRule;
import dev.tiercel.rules.correlation.Correlation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the rules in force say of matches over time. Immutable.
///
/// @param sources event sources whose clock something waits for
/// @param rules   those with `suppress`
public record Plans(List<Correlation> correlations, List<SuppressedRule> rules, Set<String> sources) {
    /// No correlation, and nothing is folded.
    public static final Plans NONE = of(List.of(), List.of());

    public Plans {
        correlations = List.copyOf(correlations);
        rules = List.copyOf(rules);
        sources = Set.copyOf(sources);
    }

    public static Plans of(List<Correlation> correlations, List<SuppressedRule> rules) {
        Set<String> sources = new HashSet<>();
        for (Correlation correlation : correlations) {
            correlation.allSteps().forEach(step -> sources.add(step.source()));
        }
        rules.forEach(rule -> sources.add(rule.source()));
        return new Plans(correlations, rules, sources);
    }
}
