package dev.tiercel.ruletools.testing;

import dev.tiercel.rules.Diagnostic;
import java.util.List;

/// What became of the tests of one file.
///
/// @param problems what is wrong with the tests or the rules themselves; if there is any, nothing was run
public record RuleTestReport(String file, List<Diagnostic> problems, List<RuleTestResult> results) {

    public RuleTestReport {
        problems = List.copyOf(problems);
        results = List.copyOf(results);
    }

    /// Whether all tests ran and passed.
    boolean passed() {
        return problems.isEmpty() && results.stream().allMatch(RuleTestResult::passed);
    }
}
