package dev.tiercel.rules.output;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldFlag;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.yaml.RuleItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Text or an output field added to the outputs of rules and correlations, like `append_output` in falco.yaml.
///
/// @param field name of the output field to set to `format`; empty: `format` is appended to the text
/// @param raw whether the output field gets the typed value of the field in `format`, not text
/// @param source only rules of this source, and correlations whose alerts have it; [#CORRELATION]: any correlation;
///               empty: any rule or correlation
/// @param tags only rules with all of these tags
/// @param rule only the rule or correlation of this name; empty: any
public record ExtraOutput(String field, String format, boolean raw, String source, Set<String> tags, String rule) {

    /// Stands for the sources of all correlations.
    public static final String CORRELATION = "correlation";

    /// What a mistake in an extra output is reported of.
    static final ItemName SETTING = new ItemName("setting", "detector.append-output");

    public ExtraOutput {
        tags = Set.copyOf(tags);
    }

    /// Text.
    public ExtraOutput(String format, String source, Set<String> tags, String rule) {
        this("", format, false, source, tags, rule);
    }

    /// An output field called `field` with the text that `format` prints.
    public static ExtraOutput field(String field, String format, String source, Set<String> tags, String rule) {
        return new ExtraOutput(field, format, false, source, tags, rule);
    }

    /// The value of the event's field `name` as an output field of that name.
    public static ExtraOutput rawField(String name, String source, Set<String> tags, String rule) {
        return new ExtraOutput(name, "%" + name, true, source, tags, rule);
    }

    /// Text for each field that event source `source` suggests for outputs: `container_id=%container.id`; if empty,
    /// for the rules of every source the fields of that source.
    public static List<ExtraOutput> suggested(String source, Set<String> tags, String rule) {
        List<ExtraOutput> outputs = new ArrayList<>();
        FieldCatalog.bySource().forEach((name, catalog) -> {
            for (FieldDefinition field : catalog.all()) {
                if (field.is(FieldFlag.OUTPUT_SUGGESTED) && (source.isEmpty() || source.equals(name))) {
                    String text = field.name().replace('.', '_') + "=%" + field.name();
                    outputs.add(new ExtraOutput(text, name, tags, rule));
                }
            }
        });
        return outputs;
    }

    /// Whether it applies to `candidate`.
    boolean fits(RuleItem candidate) {
        return fits(candidate, candidate.source);
    }

    /// Whether it applies to the correlation `candidate`, whose alerts are of `alertSource`.
    boolean fitsCorrelation(RuleItem candidate, String alertSource) {
        return fits(candidate, source.equals(CORRELATION) ? CORRELATION : alertSource);
    }

    /// Whether it is meant for correlations: otherwise it does not apply to those that lack a field of it.
    boolean isForCorrelations() {
        return source.equals(CORRELATION) || !rule.isEmpty();
    }

    private boolean fits(RuleItem candidate, String of) {
        return (source.isEmpty() || source.equals(of))
                && candidate.tags.containsAll(tags)
                && (rule.isEmpty() || rule.equals(candidate.name));
    }
}
