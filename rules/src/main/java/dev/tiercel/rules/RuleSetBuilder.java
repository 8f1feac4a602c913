package dev.tiercel.rules;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.check.Checker;
import dev.tiercel.rules.check.References;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.output.ExtraOutput;
import dev.tiercel.rules.output.OutputFormat;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.yaml.RuleItem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Builds a rule set of the enabled rules.
final class RuleSetBuilder {

    private final Checker checker;
    private final FieldSlots.Builder slots = new FieldSlots.Builder();
    private final List<Rule> rules = new ArrayList<>();

    private RuleSetBuilder(Checker checker) {
        this.checker = checker;
    }

    static RuleSet build(CheckedFiles loaded, CompileOptions options) {
        RuleSetBuilder builder = new RuleSetBuilder(loaded.checker());
        for (CheckedRule rule : loaded.rules()) {
            if (Selections.selects(options, rule.item())) {
                builder.add(rule);
            }
        }
        return new RuleSet(builder.rules, builder.slots.build(), options);
    }

    private void add(CheckedRule checked) {
        RuleItem item = checked.item();
        References references = checker.references(item.source);
        Ir condition = checker.lower(item, checked.condition(), slots);
        OutputFormat output = OutputFormat.parse(checked.output(), references, slots, problem -> {})
                .with(extras(checked, references));
        String expanded = checker.expanded(checked.condition().ast()).source();
        Rule rule = new Rule(
                item.name,
                item.description,
                checked.condition().written().value(),
                expanded,
                checked.output().value(),
                item.priority,
                item.source,
                item.tags,
                item.position,
                item.changes,
                rules.size(),
                hash(checked, expanded),
                output,
                checked.eventTypes(),
                condition,
                item.capture);
        rules.add(rule);
    }

    /// The static fields and the fields added by `append_output`.
    private List<OutputFormat.Extra> extras(CheckedRule rule, References references) {
        Map<String, OutputFormat.Extra> extras = new LinkedHashMap<>();
        references.statics().forEach((name, value) -> {
            String field = References.STATIC + name;
            extras.put(field, new OutputFormat.Extra(field, List.of(new OutputFormat.Literal(value)), false));
        });
        for (ExtraOutput extra : rule.extraFields()) {
            LocatedText format = LocatedText.at(rule.item().position, extra.format());
            OutputFormat parsed = OutputFormat.parse(format, references, slots, problem -> {});
            extras.put(extra.field(), new OutputFormat.Extra(extra.field(), parsed.parts(), extra.raw()));
        }
        return List.copyOf(extras.values());
    }

    private static String hash(CheckedRule rule, String condition) {
        RuleItem item = rule.item();
        List<String> parts = new ArrayList<>(List.of(
                item.name,
                item.source,
                item.priority.label(),
                condition,
                rule.output().value()));
        parts.addAll(item.tags);
        rule.extraFields().forEach(extra -> parts.addAll(List.of(extra.field(), extra.format())));
        return Hashes.of(parts);
    }
}
