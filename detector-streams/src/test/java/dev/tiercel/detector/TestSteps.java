package dev.tiercel.detector;

import dev.tiercel.detector.continuity.EventLog;
import dev.tiercel.detector.correlate.ClockRecords;
import dev.tiercel.detector.correlate.Correlate;
import dev.tiercel.detector.correlate.CorrelationConfig;
import dev.tiercel.detector.correlate.IdlePartitions;
import dev.tiercel.detector.correlate.RecentMatches;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.kubernetes.KubernetesIndex;
import dev.tiercel.service.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The steps of a topology without brokers.
record TestSteps(
        DetectorSerdes serdes, ActiveRules rules, DetectorMetrics counts, IdlePartitions idle, RecentMatches recent) {
    static final String APPLICATION = "tiercel-detector";
    static final int MATCHES_A_SECOND = 5;
    private static final Duration COMMIT = Duration.ofMillis(30);

    TestSteps(DetectorSerdes serdes, ActiveRules rules, DetectorMetrics counts, IdlePartitions idle) {
        this(serdes, rules, counts, idle, new RecentMatches());
    }

    /// @param wait longest time that an event waits for the metadata of its pod
    DetectorTopology.Steps of(
            Nodes nodes, KubernetesIndex kubernetes, Duration wait, Consumer<Unreadable> deadLetters) {
        return of(nodes, kubernetes, wait, EventLog.NONE, deadLetters);
    }

    /// @param log where events that waited are read again
    DetectorTopology.Steps of(
            Nodes nodes, KubernetesIndex kubernetes, Duration wait, EventLog log, Consumer<Unreadable> deadLetters) {
        return new DetectorTopology.Steps(
                new FollowContext<>(serdes.execs().deserializer(), kubernetes.execs()::known, deadLetters),
                serdes.execRequests(),
                new FollowContext<>(
                        serdes.feeds().deserializer(),
                        (name, feed) -> rules.feed(name, feed == null ? null : feed.getItems()),
                        deadLetters),
                new FollowContext<>(serdes.kubernetes().deserializer(), kubernetes::known, deadLetters),
                new FollowContext<>(serdes.nodes().deserializer(), nodes::put, deadLetters),
                new FollowRules(rules, serdes.rules().deserializer(), deadLetters, new IgnoredRules()),
                detect(
                        FieldCatalog.SYSCALL,
                        () -> new BatchBench(
                                new BatchBench.Parts(serdes.batches(), nodes, kubernetes, serdes.alerts(), counts),
                                log,
                                wait)),
                documents(),
                correlate(),
                new AlertJson(new AlertText(false, ZoneOffset.UTC), AlertJson.Include.DEFAULT),
                new DeadLetterRecord(APPLICATION, InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000))));
    }

    private Map<String, Detect> documents() {
        Map<String, Detect> steps = new LinkedHashMap<>();
        serdes.documents()
                .forEach((source, serde) -> steps.put(
                        source, detect(source, () -> DocumentJudge.bench(source, serde, serdes.alerts(), counts))));
        return steps;
    }

    Detect detect(String source, Supplier<Judge.Bench> benches) {
        CorrelatedRules correlated = new CorrelatedRules(rules, Duration.ZERO);
        return new Detect(
                rules,
                benches,
                counts,
                EventLog.NONE,
                new Detect.Leaving(APPLICATION, COMMIT),
                new ClockRecords.Source(
                        source, idle, recent, () -> correlated.plans().sources().contains(source)));
    }

    Correlate<Judgement> correlate() {
        CorrelatedRules correlated = new CorrelatedRules(rules, Duration.ZERO);
        return new Correlate<>(
                correlated,
                serdes.matches(),
                new CorrelationOutcomes(correlated, serdes.alerts(), counts, APPLICATION),
                counts.correlations(),
                Correlate.Limits.of(
                        CorrelationConfig.from(Settings.of(
                                Map.of("detector.correlations.budget.matches", String.valueOf(MATCHES_A_SECOND)))),
                        COMMIT,
                        1));
    }
}
