package dev.tiercel.rules;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Puts together what there is to say about a rule.
final class Explainer {

    private static final int WIDTH = 110;

    private Explainer() {}

    static RuleExplanation explain(Rule rule, FieldSlots slots) {
        Set<FieldReference> condition = new LinkedHashSet<>();
        collect(rule.ir(), slots, condition);
        Set<FieldReference> output = new LinkedHashSet<>();
        collect(rule.outputFormat().sources(), slots, output);
        Map<String, FieldReference> all = new TreeMap<>(Comparator.naturalOrder());
        condition.forEach(reference -> all.put(reference.text(), reference));
        output.forEach(reference -> all.put(reference.text(), reference));
        return new RuleExplanation(
                rule,
                ItemText.at(rule.definition().place()),
                rule.definition().changes().stream().map(Place::toString).toList(),
                ConditionLayout.of(rule.expandedCondition()).unwrapped(WIDTH),
                IrPrinter.print(rule.ir(), slots),
                all.values().stream()
                        .map(field -> new RuleExplanation.UsedField(
                                field.text(), field.field(), condition.contains(field), output.contains(field)))
                        .toList(),
                SensorNeeds.of(all.values()));
    }

    private static void collect(Ir ir, FieldSlots slots, Set<FieldReference> fields) {
        switch (ir) {
            case Ir.And(var terms) -> terms.forEach(term -> collect(term, slots, fields));
            case Ir.Or(var terms) -> terms.forEach(term -> collect(term, slots, fields));
            case Ir.ExactlyOne(var terms) -> terms.forEach(term -> collect(term, slots, fields));
            case Ir.Not(Ir term) -> collect(term, slots, fields);
            case Ir.Constant _, Ir.EventIs _ -> {}
            case Ir.Present(Source source) -> collect(List.of(source), slots, fields);
            case Ir.TextIs(Source source, TextTest _) -> collect(List.of(source), slots, fields);
            case Ir.NumberIs(Source source, NumberTest _) -> collect(List.of(source), slots, fields);
            case Ir.BytesAre(Source source, BytesTest _) -> collect(List.of(source), slots, fields);
            case Ir.Elements(Source source, boolean _, TextTest _) -> collect(List.of(source), slots, fields);
            case Ir.Pair(Source left, Operator _, Source right) -> collect(List.of(left, right), slots, fields);
        }
    }

    private static void collect(List<Source> sources, FieldSlots slots, Set<FieldReference> fields) {
        for (Source source : sources) {
            switch (source) {
                case Source.Slot slot -> fields.add(slots.reference(slot.slot()));
                case Source.Transformed(Transformer _, var inputs, String _) -> collect(inputs, slots, fields);
                case Source.Collected(var elements) -> collect(elements, slots, fields);
                case Source.Constant _ -> {}
            }
        }
    }
}
