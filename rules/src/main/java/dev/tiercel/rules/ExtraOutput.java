package dev.tiercel.rules;

import java.util.Set;

/// Text added to the output of rules, as `append_output` in falco.yaml does.
///
/// @param format appended to the output after a blank
/// @param source only rules of this source; empty: any
/// @param tags only rules with all of these tags
/// @param rule only the rule of this name; empty: any
public record ExtraOutput(String format, String source, Set<String> tags, String rule) {

    public ExtraOutput {
        tags = Set.copyOf(tags);
    }
}
