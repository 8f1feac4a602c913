package dev.tiercel.rules;

/// How many rules an event can match.
public enum RuleMatching {
    /// The first in load order, as Falco does by default.
    FIRST,
    /// All that match.
    ALL
}
