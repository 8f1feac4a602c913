package dev.tiercel.rules;

import dev.tiercel.rules.source.Severity;
import java.util.ArrayList;
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

    /// The same with `more`, at the place of their files among `files`; without a rule set if any is an error.
    public Compilation with(List<Diagnostic> more, List<RuleFile> files) {
        List<Diagnostic> all = new ArrayList<>(more);
        all.addAll(diagnostics);
        boolean failed = all.stream().anyMatch(diagnostic -> diagnostic.severity() == Severity.ERROR);
        return new Compilation(failed ? Optional.empty() : ruleSet, Diagnostic.sorted(all, files));
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
