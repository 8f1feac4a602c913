package dev.tiercel.ruletools.testing;

import java.util.List;

/// What became of one test.
///
/// @param file where the test stands
/// @param line where it begins, from 1
/// @param failures what was expected and what happened, a few lines each; empty: passed
/// @param nanos how long it took
public record RuleTestResult(String name, String file, int line, List<String> failures, long nanos) {

    public RuleTestResult {
        failures = List.copyOf(failures);
    }

    /// Whether everything was as expected.
    public boolean passed() {
        return failures.isEmpty();
    }
}
