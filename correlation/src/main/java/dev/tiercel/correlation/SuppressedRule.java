package dev.tiercel.correlation;

import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.correlation.Suppression;
import dev.tiercel.rules.engine.Rule;
import java.util.ArrayList;
import java.util.List;

/// A rule whose alerts are to be folded.
///
/// @param rule   its name
/// @param source its event source
public record SuppressedRule(String rule, String source, Suppression suppress) {

    /// Those of a rule set, in load order.
    public static List<SuppressedRule> of(RuleSet rules) {
        List<SuppressedRule> suppressed = new ArrayList<>();
        for (Rule rule : rules.rules()) {
            Suppression suppress = rule.suppress();
            if (suppress != null) suppressed.add(new SuppressedRule(rule.name(), rule.source(), suppress));
        }
        return suppressed;
    }
}
