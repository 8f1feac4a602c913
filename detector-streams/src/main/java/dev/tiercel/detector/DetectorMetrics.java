package dev.tiercel.detector;

import dev.tiercel.detector.correlate.CorrelationMetrics;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.service.DistinctErrors;
import dev.tiercel.service.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Metrics of the detector. Every record of a topic of events ends in one of two counters:
/// `detector.records = detector.batches + detector.dead.letters{topic=events.*}`.
///
/// Work repeated after a crash is counted again. Thread-safe.
final class DetectorMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(DetectorMetrics.class);
    private static final long MAX_LOST = 1L << 40;
    private static final Duration[] DELAYS = LongStream.of(
                    10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 1_200_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Metrics metrics;
    private final CorrelationMetrics correlations;
    private final DistinctErrors ruleErrors = new DistinctErrors(LOG);
    private final LongAdder records = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder evaluationNanos = new LongAdder();
    private final LongAdder lostRecords = new LongAdder();
    private final LongAdder leftOut = new LongAdder();
    private final LongAdder caughtUp = new LongAdder();
    private final LongAdder missingBatches = new LongAdder();
    private final LongAdder repeatedBatches = new LongAdder();
    private final LongAdder revisions = new LongAdder();

    DetectorMetrics(Metrics metrics) {
        this.metrics = metrics;
        this.correlations = new CorrelationMetrics(metrics);
        metrics.counterOf("detector.records", "Records of the topics of events read.", records::sum);
        metrics.counterOf("detector.batches", "Batches and single events judged to their end.", batches::sum);
        metrics.counterOf("detector.events", "Events judged.", events::sum);
        metrics.counterOf("detector.evaluation.nanos", "Time spent judging, nanoseconds.", evaluationNanos::sum);
        metrics.counterOf(
                "detector.evidence.lost",
                "Kernel records that nodes lost, as reported in their batches.",
                lostRecords::sum);
        metrics.counterOf("detector.offsets.left.out", "Offsets of events that the stream jumped over.", leftOut::sum);
        metrics.counterOf("detector.offsets.caught.up", "Records at such offsets, judged all the same.", caughtUp::sum);
        metrics.counterOf(
                "detector.batches.missing", "Batches that never came, by the numbers of a lane.", missingBatches::sum);
        metrics.counterOf("detector.batches.repeated", "Batches that came again, or late.", repeatedBatches::sum);
        metrics.counterOf("detector.revisions", "Alerts emitted again with metadata.", revisions::sum);
        metrics.counterOf("detector.rule.errors", "Evaluations that failed inside a rule.", ruleErrors::total);
    }

    CorrelationMetrics correlations() {
        return correlations;
    }

    /// Adds gauges about `rules`.
    void follow(ActiveRules rules) {
        metrics.counterOf("detector.rules.swaps", "Number of times a rule set was activated.", rules::swaps);
        metrics.counterOf("detector.rules.refusals", "Number of rule sets refused.", rules::refusals);
        metrics.gauge("detector.rules", "Rules in force.", () -> ruleCount(rules));
        metrics.gauge(
                "detector.rules.fallbacks",
                "Event sources whose rules run interpreted: no bytecode could be generated.",
                () -> {
                    LoadedRules loaded = rules.current();
                    return loaded == null ? 0 : loaded.ruleSet().fallbacks();
                });
        MultiGauge version = MultiGauge.builder("detector.rules.version")
                .description("1, with the version of the rules in force.")
                .register(metrics.registry());
        rules.onLoad(loaded -> {
            version.register(List.of(MultiGauge.Row.of(Tags.of("version", loaded.version()), 1)), true);
            // A counter that begins with its first alert hides it from rate() and increase().
            loaded.ruleSet().rules().stream().filter(rule -> !rule.signal()).forEach(this::matches);
        });
        metrics.gauge(
                "detector.rules.published", "Publication time of the rules in force, seconds since the epoch.", () -> {
                    LoadedRules loaded = rules.current();
                    return loaded == null ? Double.NaN : loaded.publishedAt().toEpochMilli() / 1e3;
                });
    }

    /// Counts a record read; its result is counted separately.
    void taken() {
        records.increment();
    }

    /// Counts and logs offsets that the stream left out, `from` to `to` (exclusive).
    ///
    /// @param judged how many records were found there
    /// @param gone how many of the offsets are no longer on the topic
    void leftOut(TopicPartition at, long from, long to, long judged, long gone) {
        leftOut.add(to - from);
        caughtUp.add(judged);
        LOG.warn(
                "the stream left out offsets {} to {} of {}: {} records judged now, {} offsets no longer there",
                from,
                to - 1,
                at,
                judged,
                gone);
    }

    /// Counts what [dev.tiercel.detector.continuity.LaneSequences] found: missing batches, or one that had come before.
    void sequence(long missing) {
        if (missing > 0) {
            missingBatches.add(Math.min(missing, MAX_LOST)); // untrusted: read from the wire
        } else if (missing < 0) {
            repeatedBatches.increment();
        }
    }

    /// Counts a batch, or a single event, judged to its end.
    void judged(int eventCount, long nanos, long lost) {
        batches.increment();
        events.add(eventCount);
        evaluationNanos.add(nanos);
        lostRecords.add(Math.clamp(lost, 0, MAX_LOST)); // untrusted: read from the wire
    }

    /// From the time of the latest event of a record to its judgement; alerts are visible a commit later.
    Timer delays(String source) {
        return Timer.builder("detector.delay")
                .description("From an event to its judgement.")
                .tag("source", source)
                .serviceLevelObjectives(DELAYS)
                .register(metrics.registry());
    }

    /// Counts an alert that was emitted again.
    void revised() {
        revisions.increment();
    }

    /// How the wait of an event for the metadata of its pod can end.
    enum WaitEnd {
        /// The pod is known.
        ARRIVED,
        /// It is not, and the wait is over.
        ABSENT,
        /// It did not wait: too many others did.
        FULL,
        /// It is no longer on its topic, or cannot be read.
        LOST
    }

    /// Counts the end of a wait.
    void waited(WaitEnd end) {
        metrics.counter(
                        "detector.metadata.waits",
                        "Events whose pod was not known, by how their wait ended.",
                        "end",
                        end.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    /// The counter of a rule's alerts, for the caller to keep as long as the rule: this object keeps no rules.
    Counter matches(Rule rule) {
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

    void unreadable(Unreadable record) {
        metrics.counter(
                        "detector.dead.letters",
                        "Records sent to dead-letters.",
                        "topic",
                        record.topic(),
                        "reason",
                        record.reason())
                .increment();
    }

    /// Counts an evaluation that failed because of a bug; the event counts as judged.
    void ruleFailed(RuntimeException failure, EventLocation location) {
        ruleErrors.record("evaluating rules", failure, location.toString());
    }

    /// Events judged so far.
    long events() {
        return events.sum();
    }

    /// Time spent judging so far, nanoseconds.
    long evaluationNanos() {
        return evaluationNanos.sum();
    }

    private static double ruleCount(ActiveRules rules) {
        LoadedRules loaded = rules.current();
        return loaded == null ? 0 : loaded.ruleSet().rules().size();
    }
}
