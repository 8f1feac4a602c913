package dev.tiercel.ruletools;

import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.rules.engine.Rule;
import java.util.List;

/// An explanation of a rule: its source, what it compiled to, and the data it needs.
///
/// @param text its lines in the rules file, before overrides
/// @param changes `file:line:column` of the overrides that changed it
/// @param condition with lists and macros expanded, formatted
/// @param ir what the condition compiled to
/// @param fields used by condition and output, sorted by name
/// @param needs what the sensor must collect besides the event types, in words
public record RuleExplanation(
        Rule rule,
        String text,
        List<String> changes,
        String condition,
        String ir,
        List<UsedField> fields,
        List<String> needs) {

    public RuleExplanation {
        changes = List.copyOf(changes);
        fields = List.copyOf(fields);
        needs = List.copyOf(needs);
    }

    /// A field that a rule uses.
    ///
    /// @param name with its argument: `proc.aname[2]`
    public record UsedField(String name, FieldDefinition field, boolean inCondition, boolean inOutput) {}
}
