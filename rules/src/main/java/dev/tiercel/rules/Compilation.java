package dev.tiercel.rules;

import dev.tiercel.rules.source.Severity;
import java.util.List;
import java.util.Optional;

/// The result of compiling rules files.
///
/// @param ruleSet empty if any diagnostic is an error
/// @param diagnostics all diagnostics, in file order
public record Compilation(Optional<RuleSet> ruleSet, List<Diagnostic> diagnostics) {

    public Compilation {
        diagnostics = List.copyOf(diagnostics);
    }

    /// Whether there is a rule set.
    public boolean successful() {
        return ruleSet.isPresent();
    }

    /// Diagnostics of one severity.
    public List<Diagnostic> diagnostics(Severity severity) {
        return diagnostics.stream().filter(d -> d.severity() == severity).toList();
    }
}
