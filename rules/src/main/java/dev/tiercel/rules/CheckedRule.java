package dev.tiercel.rules;

import dev.tiercel.rules.check.Checker;
import dev.tiercel.rules.correlation.Suppression;
import dev.tiercel.rules.output.ExtraOutput;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.yaml.RuleItem;
import dev.tiercel.schemas.EventType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A rule without errors, ready to be lowered into a rule set.
///
/// @param output with extra outputs appended
/// @param suppress null: none
/// @param extraFields output fields besides those of `output`
record CheckedRule(
        RuleItem item,
        Checker.Condition condition,
        LocatedText output,
        List<ExtraOutput> extraFields,
        Set<EventType> eventTypes,
        @Nullable Suppression suppress) {}
