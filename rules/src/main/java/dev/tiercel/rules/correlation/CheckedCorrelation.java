package dev.tiercel.rules.correlation;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.rules.check.Checker;
import dev.tiercel.rules.output.OutputChecker;
import dev.tiercel.rules.syntax.FieldScope;
import dev.tiercel.rules.yaml.RuleItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A correlation without errors, ready to become a plan.
///
/// @param steps    with the item that forgets a key last, if there is one
/// @param keys     by step: the fields of its key
/// @param values   by step: what is counted, or is new; null: nothing
/// @param wheres   by step: null: none
/// @param wanted   what exceptions leave; null: there are none
/// @param output   what the output, and those that this one feeds, may name
/// @param format   its output, with what settings add
/// @param suppress null: none
record CheckedCorrelation(
        RuleItem item,
        Shape shape,
        EvidenceScope scope,
        List<SourceStep> steps,
        List<List<FieldReference>> keys,
        List<@Nullable FieldReference> values,
        List<Checker.@Nullable Condition> wheres,
        Checker.@Nullable Condition wanted,
        FieldScope output,
        OutputChecker.OfCorrelation format,
        @Nullable Suppression suppress) {}
