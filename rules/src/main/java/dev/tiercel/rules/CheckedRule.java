package dev.tiercel.rules;

import dev.tiercel.schemas.EventType;
import java.util.List;
import java.util.Set;

/// A rule without errors, ready to be lowered into a rule set.
///
/// @param condition where `ast` stands, exceptions appended and lists expanded
/// @param written the condition with exceptions appended
/// @param output extra outputs appended
/// @param extraFields output fields besides those of `output`
record CheckedRule(
        RuleItem item,
        Text written,
        Text condition,
        Ast ast,
        Text output,
        List<ExtraOutput> extraFields,
        Set<EventType> eventTypes) {}
