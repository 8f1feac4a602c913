package dev.tiercel.rules.correlation;

import com.google.re2j.Pattern;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.rules.check.Checker;
import dev.tiercel.rules.check.References;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Suggestion;
import dev.tiercel.rules.yaml.CorrelationItem;
import dev.tiercel.rules.yaml.RuleItem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The key of a correlation.
///
/// @param names   of its parts, in the order of `group-by`
/// @param aliases those of them that `aliases` defines
/// @param fields  by step: a field for each part
record GroupKey(List<String> names, Set<String> aliases, List<List<FieldReference>> fields) {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*(?:[.][a-zA-Z][a-zA-Z0-9_]*)*");

    /// The key of `item`.
    ///
    /// @throws ProblemException if a step has no field for a part of it
    static GroupKey check(RuleItem item, List<SourceStep> steps, Checker checker) throws ProblemException {
        CorrelationItem parts = item.correlation;
        checkNames(parts);
        checkAliases(parts, steps);
        List<List<FieldReference>> fields = new ArrayList<>();
        for (SourceStep step : steps) {
            References references = checker.references(step.fields());
            List<FieldReference> ofStep = new ArrayList<>();
            for (LocatedText part : parts.groupBy) {
                ofStep.add(KeyFields.resolve(
                        parts, part, step, references, "so it can share no key with the other steps"));
            }
            fields.add(ofStep);
        }
        List<String> names = parts.groupBy.stream().map(LocatedText::value).toList();
        return new GroupKey(names, Set.copyOf(parts.aliases.keySet()), fields);
    }

    private static void checkNames(CorrelationItem parts) throws ProblemException {
        Set<String> names = new LinkedHashSet<>();
        for (LocatedText name : parts.groupBy) {
            if (!names.add(name.value())) {
                throw invalid("'" + name.value() + "' is in 'group-by' twice", name, "");
            }
            if (names.size() > Limits.KEY_PARTS) {
                throw invalid("A key has at most " + Limits.KEY_PARTS + " parts", name, "");
            }
        }
        for (CorrelationItem.Alias alias : parts.aliases.values()) {
            if (!names.contains(alias.name().value())
                    && !isValue(parts, alias.name().value())) {
                throw invalid(
                        "Alias '" + alias.name().value() + "' is neither in 'group-by' nor the 'field'",
                        alias.name(),
                        Suggestion.of(alias.name().value(), names));
            }
            if (!NAME.matcher(alias.name().value()).matches()) {
                throw invalid(
                        "The name of an alias has letters, digits and underscores, and may have dots between them",
                        alias.name(),
                        "");
            }
        }
    }

    private static boolean isValue(CorrelationItem parts, String name) {
        CorrelationItem.Count condition = parts.condition;
        LocatedText inside = condition == null ? null : condition.field();
        return (inside != null && inside.value().equals(name))
                || (parts.field != null && parts.field.value().equals(name));
    }

    /// Each field of an alias must be for a step or the source of one.
    private static void checkAliases(CorrelationItem parts, List<SourceStep> steps) throws ProblemException {
        Set<String> known = new LinkedHashSet<>();
        steps.forEach(step -> known.addAll(List.of(step.id(), step.source())));
        known.remove("");
        for (CorrelationItem.Alias alias : parts.aliases.values()) {
            for (CorrelationItem.Field field : alias.fields().values()) {
                if (!known.contains(field.of().value())) {
                    throw invalid(
                            "'" + field.of().value() + "' is neither a step nor the event source of one",
                            field.of(),
                            Suggestion.of(field.of().value(), known));
                }
            }
        }
    }

    private static ProblemException invalid(String message, LocatedText at, String hint) {
        return new ProblemException(Code.LOAD_ERR_VALIDATE, message, at.position(0), hint);
    }
}
