package dev.tiercel.rules.correlation;

import dev.tiercel.rules.syntax.FieldScope;
import dev.tiercel.rules.yaml.CorrelationItem;
import dev.tiercel.rules.yaml.RuleItem;
import org.jspecify.annotations.Nullable;

/// A step whose rule is known, and the fields that its matches have.
///
/// @param source event source of the rule; empty for a correlation
/// @param inner  the evidence of the correlation that feeds the step; null: it is a rule
record SourceStep(
        CorrelationItem.Step item,
        int number,
        RuleItem rule,
        String source,
        FieldScope fields,
        @Nullable EvidenceScope inner) {

    String id() {
        return item.id().value();
    }

    /// For messages: `step 'read' (syscall)`.
    String title() {
        return "step '" + id() + "' (" + (inner == null ? "source " + source : "correlation '" + rule.name + "'") + ")";
    }
}
