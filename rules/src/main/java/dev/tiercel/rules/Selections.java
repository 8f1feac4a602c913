package dev.tiercel.rules;

import dev.tiercel.rules.match.Globs;
import dev.tiercel.rules.yaml.RuleItem;
import java.util.function.Predicate;

/// Decides which rules are evaluated.
public final class Selections {

    private Selections() {}

    static boolean selects(CompileOptions options, RuleItem rule) {
        boolean enabled = rule.enabled;
        for (RuleSelection selection : options.selections()) {
            boolean concerned = switch (selection) {
                case RuleSelection.ByName(boolean enable, String glob) ->
                    name(glob).test(rule.name);
                case RuleSelection.ByTag(boolean enable, String tag) -> rule.tags.contains(tag);
            };
            enabled = concerned ? selection.enable() : enabled;
        }
        return enabled && rule.priority.atLeast(options.minimumPriority());
    }

    /// Whether `name` matches `glob`, in which only `*` is special.
    public static boolean matches(String glob, String name) {
        return name(glob).test(name);
    }

    public static Predicate<String> name(String glob) {
        StringBuilder quoted = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            quoted.append(c == '?' || c == '[' || c == '\\' ? "\\" : "").append(c);
        }
        return Globs.compile(quoted.toString(), false);
    }
}
