package dev.tiercel.rules;

/// Enables or disables rules after loading, as `rules:` in falco.yaml does. Applied in order, later ones win.
public sealed interface RuleSelection {

    /// Whether the rules are switched on or off.
    boolean enable();

    /// Rules whose name matches a glob in which `*` stands for any text.
    record ByName(boolean enable, String glob) implements RuleSelection {}

    /// Rules that carry a tag.
    record ByTag(boolean enable, String tag) implements RuleSelection {}
}
