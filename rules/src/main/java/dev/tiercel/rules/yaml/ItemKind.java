package dev.tiercel.rules.yaml;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// The kinds of items that have a name in common, and their keys.
@SuppressWarnings("ImmutableEnumChecker") // the sets are unmodifiable
public enum ItemKind {
    RULE(
            Set.of("override", "append", "source", "tests"),
            Set.of("condition", "output", "desc", "tags", "exceptions"),
            Set.of(
                    "priority",
                    "enabled",
                    "capture",
                    "capture_duration",
                    "capture_events",
                    "capture_filesize",
                    "warn_evttypes",
                    "skip-if-unknown-filter",
                    "suppress",
                    "shadow")),
    /// Judged like a rule, but it only feeds correlations.
    SIGNAL(
            Set.of("override", "source", "tests"),
            Set.of("condition", "desc", "tags", "exceptions"),
            Set.of("enabled", "warn_evttypes", "skip-if-unknown-filter")),
    CORRELATION(
            Set.of("override", "tests"),
            Set.of("output", "desc", "tags", "exceptions"),
            Set.of(
                    "type",
                    "steps",
                    "rules",
                    "until",
                    "group-by",
                    "aliases",
                    "timespan",
                    "condition",
                    "field",
                    "learn",
                    "priority",
                    "enabled",
                    "suppress",
                    "shadow"));

    private final Set<String> keys;
    private final Set<String> appendable;
    private final Set<String> replaceable;

    /// @param others keys that no override names
    /// @param appendable keys that one can append to, or replace
    /// @param replaceable keys that one can only replace
    ItemKind(Set<String> others, Set<String> appendable, Set<String> replaceable) {
        this.appendable = appendable;
        this.replaceable = union(List.of(appendable, replaceable));
        this.keys = union(List.of(Set.of(text()), others, this.replaceable));
    }

    private static Set<String> union(List<Set<String>> sets) {
        Set<String> all = new TreeSet<>();
        sets.forEach(all::addAll);
        return Collections.unmodifiableSet(all);
    }

    /// The key that begins an item: `rule`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// For messages: `Rule`.
    String title() {
        return name().charAt(0) + text().substring(1);
    }

    /// All keys of an item.
    Set<String> keys() {
        return keys;
    }

    /// Keys that an override can append to.
    Set<String> appendable() {
        return appendable;
    }

    /// Keys that an override can replace, sorted.
    Set<String> replaceable() {
        return replaceable;
    }

    /// The kind that `text` begins.
    static ItemKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
