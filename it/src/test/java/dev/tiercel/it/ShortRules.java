package dev.tiercel.it;

/// Rules of which only name and condition matter.
final class ShortRules {
    private ShortRules() {}

    /// `rules` with the other keys that a rule needs; its alerts carry `fields`, as outputs name them (`%fd.name`).
    static String printing(String fields, String rules) {
        return rules.replaceAll(
                "(?m)^(- rule: .*)$", "$1\n  desc: d\n  priority: WARNING\n  output: >\n    seen " + fields);
    }
}
