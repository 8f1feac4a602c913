package dev.tiercel.correlation;

import dev.tiercel.rules.correlation.Correlation;
import java.util.List;

/// Evaluates correlations over matches: for each key in the order of the events' times, whatever order they arrive in
/// within grace.
///
/// Deterministic: the same calls in the same order give the same alerts, also if a correlator is closed after
/// [#flush()] and another goes on over the same store. Not thread-safe.
public final class Correlator {
    /// Goes on with what `store` has.
    ///
    /// @param decodedBytes heap for states that are kept decoded, roughly; the others are read from the store
    public Correlator(StateStore store, Grace grace, CorrelationOutput output, long decodedBytes) {}

    /// Replaces the plans. State of correlations whose structure stays is kept; alerts that they raised before are not
    /// revised any more. State of the others is removed by and by.
    public void plans(List<Correlation> correlations, List<SuppressedRule> rules) {}

    /// Whether there is a plan of this name and structure, so that its matches can be used.
    public boolean knows(String correlation, String structure) {
        return false;
    }

    /// Uses a match; one that no plan wants is ignored and counted.
    public void match(Match match) {}

    /// Folds the alert of a rule with `suppress`; one of a rule without comes out at once.
    public void suppress(RuleAlert alert) {}

    /// Says how far the events of a source's partition have been judged. Fires nothing: [#pass(int)] does.
    ///
    /// @param partitions number of partitions of the source's topic
    /// @param time       of the newest event judged, nanoseconds since the epoch; or now, if none is waiting
    public void clock(String source, int partition, int partitions, long time) {}

    /// Says that events of a source may be missing in a span of time. Alerts over it are not complete.
    public void gap(String source, long from, long to) {}

    /// Fires timers that are due, at most `limit`; returns whether more are.
    public boolean pass(int limit) {
        return false;
    }

    /// Writes all that changed to the store. To be called before what it read is committed.
    public void flush() {}

    /// Of the correlation called `name`, since this correlator was made.
    public CorrelationCounts counts(String name) {
        return new CorrelationCounts(0, 0, 0, 0, 0, 0, 0);
    }

    /// Matches that no plan wanted.
    public long unknown() {
        return 0;
    }
}
