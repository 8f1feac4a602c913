package dev.tiercel.rules;

import dev.tiercel.rules.yaml.ItemKind;
import dev.tiercel.rules.yaml.RuleItem;

/// Decides which rules are enabled.
final class Selections {

    private Selections() {}

    static boolean selects(CompileOptions options, RuleItem rule) {
        boolean enabled = rule.enabled;
        for (RuleSelection selection : options.selections()) {
            boolean concerned = switch (selection) {
                case RuleSelection.ByName(boolean enable, String glob) ->
                    RuleSelection.names(glob).test(rule.name);
                case RuleSelection.ByTag(boolean enable, String tag) -> rule.tags.contains(tag);
            };
            enabled = concerned ? selection.enable() : enabled;
        }
        return enabled && (rule.kind == ItemKind.SIGNAL || rule.priority.atLeast(options.minimumPriority()));
    }
}
