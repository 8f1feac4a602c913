package dev.tiercel.ruletools.testing;

import java.util.List;

/// The result of one test.
///
/// @param file of the test
/// @param line where it begins, from 1
/// @param failures expected and actual results, a few lines each; empty: passed
/// @param nanos how long it took
/// @param runs of a history: in how many orders and with how many restarts it was run; empty: a test of single events
public record RuleTestResult(String name, String file, int line, List<String> failures, long nanos, String runs) {

    public RuleTestResult {
        failures = List.copyOf(failures);
    }

    /// Whether the test passed.
    public boolean passed() {
        return failures.isEmpty();
    }
}
