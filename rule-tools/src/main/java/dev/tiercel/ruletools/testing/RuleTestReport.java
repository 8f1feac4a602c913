package dev.tiercel.ruletools.testing;

import dev.tiercel.rules.Diagnostic;
import java.util.List;

/// The results of the tests of one file.
///
/// @param problems of the tests or the rules; if there are any, no test was run
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
