package dev.tiercel.detector.correlate;

import dev.tiercel.schemas.avro.MatchBatch;
import dev.tiercel.service.Metrics;
import io.micrometer.core.instrument.Counter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/// Metrics of correlations. Work repeated after a crash is counted again. Thread-safe.
public final class CorrelationMetrics {
    private final Metrics metrics;
    private final LiveTasks tasks = new LiveTasks();
    private final Map<String, Counters> byName = new ConcurrentHashMap<>();
    private final LongAdder written = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final LongAdder unkeyed = new LongAdder();
    private final LongAdder oversized = new LongAdder();
    private final LongAdder corrupt = new LongAdder();
    private final LongAdder passes = new LongAdder();
    private final LongAdder passNanos = new LongAdder();

    public CorrelationMetrics(Metrics metrics) {
        this.metrics = metrics;
        count("state.written", "State of correlations written, bytes.", written);
        count("unknown", "Matches of correlations that no rules in force have any more.", unknown);
        count("unkeyed", "Matches that lacked a value of the key.", unkeyed);
        count("oversized", "Matches whose fields were too long to be passed on.", oversized);
        count("corrupt", "Keys that began anew since their state could not be read.", corrupt);
        count("passes", "Looks for timers that are due.", passes);
        count("pass.nanos", "Time spent on timers, nanoseconds.", passNanos);
        LiveGauges gauges = LiveGauges.register(metrics, tasks, InstantSource.system());
        tasks.onNames((correlations, sources) -> {
            gauges.rows(correlations, sources);
            correlations.forEach(this::of); // a counter that begins with its first alert hides it from rate()
        });
    }

    LiveTasks tasks() {
        return tasks;
    }

    private void count(String name, String description, LongAdder value) {
        metrics.counterOf("detector.correlations." + name, description, value::sum);
    }

    /// Of one correlation, or of one rule with `suppress`.
    private record Counters(Counter matches, Counter alerts, Counter nanos, Counter late, Counter refused) {}

    private Counters of(String correlation) {
        return byName.computeIfAbsent(
                correlation,
                name -> new Counters(
                        counter("matches", "Matches used, and alerts that may be folded.", name),
                        counter("alerts", "Alerts raised, not counting their later revisions.", name),
                        counter("nanos", "Time spent on matches and timers, nanoseconds.", name),
                        counter("late", "Matches that came after the grace of their source.", name),
                        counter("refused", "Matches dropped while the correlation was in quarantine.", name)));
    }

    private Counter counter(String name, String description, String correlation) {
        return metrics.counter("detector.correlations." + name, description, "correlation", correlation);
    }

    LongAdder written() {
        return written;
    }

    /// Counts the matches of a record that could be used.
    void matched(MatchBatch batch, long nanos) {
        Counters counters = of(batch.getCorrelation());
        counters.matches().increment(batch.getMatches().size());
        counters.nanos().increment((double) nanos);
    }

    void alert(String correlation) {
        of(correlation).alerts().increment();
    }

    /// Counts what the timers of a correlation took.
    void timers(String correlation, long nanos) {
        of(correlation).nanos().increment((double) nanos);
    }

    /// Counts the matches of a record that could not.
    void unknown(MatchBatch batch) {
        unknown.add(batch.getMatches().size());
    }

    /// Counts a key, or a store, whose state could not be read.
    void corrupt() {
        corrupt.increment();
    }

    /// Counts matches that a correlation in quarantine was not given.
    void refused(String correlation, long matches) {
        of(correlation).refused().increment((double) matches);
    }

    void late(String correlation) {
        of(correlation).late().increment();
    }

    /// Counts matches that were not made.
    public void notMade(long withoutKey, long tooLong) {
        unkeyed.add(withoutKey);
        oversized.add(tooLong);
    }

    /// For the operator: correlations, their keys, and how far each source has come; empty: there is no correlation.
    public String summary() {
        return tasks.summary(Instant.now());
    }

    boolean pass(BooleanSupplier pass) {
        long from = System.nanoTime();
        try {
            return pass.getAsBoolean();
        } finally {
            passes.increment();
            passNanos.add(System.nanoTime() - from);
        }
    }
}
