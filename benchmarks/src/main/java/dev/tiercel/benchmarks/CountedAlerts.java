package dev.tiercel.benchmarks;

import dev.tiercel.correlation.CorrelatedAlert;
import dev.tiercel.correlation.CorrelationOutput;
import dev.tiercel.correlation.RuleAlert;
import dev.tiercel.correlation.match.Match;

/// Counts alerts of an engine that must find nothing late.
final class CountedAlerts extends CorrelationOutput.Looped {
    private long alerts;

    /// So far.
    long alerts() {
        return alerts;
    }

    @Override
    public void alert(CorrelatedAlert alert) {
        alerts++;
    }

    @Override
    public void ruleAlert(RuleAlert alert) {}

    @Override
    public void late(Match match, long watermark) {
        throw new IllegalStateException("late");
    }
}
