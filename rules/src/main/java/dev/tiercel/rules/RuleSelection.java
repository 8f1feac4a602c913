package dev.tiercel.rules;

import dev.tiercel.rules.ir.TextPredicate;
import dev.tiercel.rules.match.TextPredicates;
import java.util.function.Predicate;

/// Enables or disables rules after loading, as `rules:` in falco.yaml does. Applied in order, later ones win.
public sealed interface RuleSelection {

    /// Whether the rules are switched on or off.
    boolean enable();

    /// Rules whose name matches a glob whose only metacharacter is `*`.
    record ByName(boolean enable, String glob) implements RuleSelection {}

    /// Rules that carry a tag.
    record ByTag(boolean enable, String tag) implements RuleSelection {}

    /// Matches names against `glob`, whose only metacharacter is `*`.
    static Predicate<String> names(String glob) {
        StringBuilder quoted = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            quoted.append(c == '?' || c == '[' || c == '\\' ? "\\" : "").append(c);
        }
        return TextPredicates.compile(new TextPredicate.Glob(quoted.toString(), false));
    }
}
