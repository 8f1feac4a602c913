package dev.tiercel.detector;

import dev.tiercel.rules.engine.Rule;
import dev.tiercel.service.DistinctErrors;
import dev.tiercel.service.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.LoggerFactory;

/// What the detector counts. Every record of `events.syscall` ends in one of two:
/// `detector.records = detector.batches + detector.dead.letters{topic=events.syscall}`.
///
/// Work that is done again after a crash is counted again. Thread-safe.
final class DetectorMetrics {
    private static final long MOST_LOST = 1L << 40;

    private final Metrics metrics;
    private final DistinctErrors ruleErrors = new DistinctErrors(LoggerFactory.getLogger(DetectorMetrics.class));
    private final LongAdder records = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder evaluationNanos = new LongAdder();
    private final LongAdder lostRecords = new LongAdder();
    private final Map<Rule, Counter> matches = new ConcurrentHashMap<>();

    DetectorMetrics(Metrics metrics) {
        this.metrics = metrics;
        metrics.counterOf("detector.records", "Records of events.syscall taken.", records::sum);
        metrics.counterOf("detector.batches", "Batches judged to their end.", batches::sum);
        metrics.counterOf("detector.events", "Events judged.", events::sum);
        metrics.counterOf("detector.evaluation.nanos", "Time spent judging, nanoseconds.", evaluationNanos::sum);
        metrics.counterOf(
                "detector.evidence.lost", "Kernel records that nodes lost, as their batches say.", lostRecords::sum);
        metrics.counterOf("detector.rule.errors", "Evaluations that failed inside a rule.", ruleErrors::total);
    }

    /// Adds gauges about `rules`.
    void follow(ActiveRules rules) {
        metrics.counterOf("detector.rules.swaps", "Times that rules were put in force.", rules::swaps);
        metrics.counterOf("detector.rules.refusals", "Times that rules were refused.", rules::refusals);
        metrics.gauge("detector.rules", "Rules in force.", () -> ruleCount(rules));
        metrics.gauge("detector.rules.fallbacks", "Sources whose rules run slowly: no code for them.", () -> {
            LoadedRules loaded = rules.current();
            return loaded == null ? 0 : loaded.ruleSet().fallbacks();
        });
        MultiGauge version = MultiGauge.builder("detector.rules.version")
                .description("1, with the version of the rules in force.")
                .register(metrics.registry());
        rules.onLoad(loaded ->
                version.register(List.of(MultiGauge.Row.of(Tags.of("version", loaded.version()), 1)), true));
        metrics.gauge("detector.rules.published", "When the rules in force were published, seconds.", () -> {
            LoadedRules loaded = rules.current();
            return loaded == null ? Double.NaN : loaded.publishedAt().toEpochMilli() / 1e3;
        });
    }

    /// A record was taken; what became of it follows.
    void taken() {
        records.increment();
    }

    /// A batch was judged to its end.
    void judged(int eventCount, long nanos, long lost) {
        batches.increment();
        events.add(eventCount);
        evaluationNanos.add(nanos);
        lostRecords.add(Math.clamp(lost, 0, MOST_LOST)); // the number comes from the wire
    }

    void matched(Rule rule) {
        matches.computeIfAbsent(rule, this::matchCounter).increment();
    }

    void unreadable(Unreadable record) {
        metrics.counter(
                        "detector.dead.letters",
                        "Records given up.",
                        "topic",
                        record.topic(),
                        "reason",
                        record.reason())
                .increment();
    }

    /// Evaluating failed with a bug of ours; the event counts as judged.
    void ruleFailed(RuntimeException failure, EventPlace place) {
        ruleErrors.record("evaluating rules", failure, place.toString());
    }

    /// Events judged so far.
    long events() {
        return events.sum();
    }

    /// Time spent judging so far, nanoseconds.
    long evaluationNanos() {
        return evaluationNanos.sum();
    }

    private Counter matchCounter(Rule rule) {
        return metrics.counter(
                "detector.matches",
                "Alerts raised.",
                "rule",
                rule.name(),
                "priority",
                rule.priority().label(),
                "source",
                rule.source());
    }

    private static double ruleCount(ActiveRules rules) {
        LoadedRules loaded = rules.current();
        return loaded == null ? 0 : loaded.ruleSet().rules().size();
    }
}
