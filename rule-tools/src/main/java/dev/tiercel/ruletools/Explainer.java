package dev.tiercel.ruletools;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.ruletools.format.RulesFormat;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Explains a rule.
public final class Explainer {

    private static final int WIDTH = 110;

    private Explainer() {}

    /// Explains `rule`, one of `rules`.
    public static RuleExplanation explain(RuleSet rules, Rule rule) {
        FieldSlots slots = rules.slots();
        Set<FieldReference> condition = condition(rules, rule);
        Set<FieldReference> output = new LinkedHashSet<>();
        collect(rule.outputFormat().operands(), slots, output);
        Map<String, FieldReference> all = new TreeMap<>(Comparator.naturalOrder());
        condition.forEach(reference -> all.put(reference.text(), reference));
        output.forEach(reference -> all.put(reference.text(), reference));
        return new RuleExplanation(
                rule,
                RulesFormat.item(rule.position()),
                rule.changes().stream().map(SourcePosition::toString).toList(),
                RulesFormat.condition(rule.expandedCondition(), WIDTH),
                rule.ir().print(slots),
                all.values().stream()
                        .map(field -> new RuleExplanation.UsedField(
                                field.text(), field.field(), condition.contains(field), output.contains(field)))
                        .toList(),
                SensorNeeds.of(all.values()));
    }

    /// The fields of the condition of `rule`.
    static Set<FieldReference> condition(RuleSet rules, Rule rule) {
        Set<FieldReference> fields = new LinkedHashSet<>();
        collect(rule.ir(), rules.slots(), fields);
        return fields;
    }

    /// Without `evt.type`, in whose place the types are listed.
    private static void collect(Ir ir, FieldSlots slots, Set<FieldReference> fields) {
        if (ir instanceof Ir.EventIs) {
            return;
        }
        ir.children().forEach(child -> collect(child, slots, fields));
        collect(ir.operands(), slots, fields);
    }

    private static void collect(List<ValueExpression> operands, FieldSlots slots, Set<FieldReference> fields) {
        for (ValueExpression operand : operands) {
            if (operand instanceof ValueExpression.Slot slot) {
                fields.add(slots.reference(slot.slot()));
            }
            collect(operand.inputs(), slots, fields);
        }
    }
}
