package dev.tiercel.rules;

/// How many rules one event can trigger.
public enum RuleMatching {
    /// The first in load order, as Falco does by default.
    FIRST,
    /// Every rule that matches.
    ALL
}
