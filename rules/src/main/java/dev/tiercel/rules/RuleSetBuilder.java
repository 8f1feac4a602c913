package dev.tiercel.rules;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.check.Checker;
import dev.tiercel.rules.check.References;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationStep;
import dev.tiercel.rules.correlation.Suppression;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.output.ExtraOutput;
import dev.tiercel.rules.output.OutputFormat;
import dev.tiercel.rules.source.Hashes;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.yaml.ItemKind;
import dev.tiercel.rules.yaml.RuleItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Builds a rule set of the enabled rules, signals and correlations.
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
        List<Correlation> correlations = loaded.correlations().build(builder.editions());
        correlations.forEach(builder::carry);
        return new RuleSet(builder.rules, correlations, builder.slots.build(), options);
    }

    private Map<String, String> editions() {
        Map<String, String> editions = new HashMap<>();
        rules.forEach(rule -> editions.put(rule.name(), rule.hash()));
        return editions;
    }

    /// Makes rows have what the matches of rules carry.
    private void carry(Correlation correlation) {
        for (CorrelationStep step : correlation.allSteps()) {
            if (!step.source().isEmpty()) {
                step.captured().forEach(slots::slot);
            }
        }
    }

    private void add(CheckedRule checked) {
        RuleItem item = checked.item();
        References references = checker.references(item.source);
        Ir condition = checker.lower(item, checked.condition(), slots);
        OutputFormat output = OutputFormat.parse(checked.output(), references, slots, problem -> {})
                .with(extras(checked, references));
        Suppression suppress = checked.suppress();
        if (suppress != null) {
            suppress.by().forEach(slots::slot);
        }
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
                item.capture,
                item.kind == ItemKind.SIGNAL,
                suppress,
                item.shadow);
        rules.add(rule);
    }

    /// The static fields and the fields added by `append_output`.
    private List<OutputFormat.Extra> extras(CheckedRule rule, References references) {
        Map<String, OutputFormat.Extra> extras = new LinkedHashMap<>();
        references.statics().forEach((name, value) -> {
            OutputFormat.Extra extra = OutputFormat.Extra.ofStatic(name, value);
            extras.put(extra.name(), extra);
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
        if (item.kind == ItemKind.SIGNAL) {
            parts.add("signal");
        }
        if (item.shadow) {
            parts.add("shadow");
        }
        if (rule.suppress() != null) {
            parts.add(rule.suppress().toString());
        }
        return Hashes.of(parts);
    }
}
