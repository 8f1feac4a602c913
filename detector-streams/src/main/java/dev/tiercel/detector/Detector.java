package dev.tiercel.detector;

import dev.tiercel.detector.cluster.ClusterCheck;
import dev.tiercel.detector.cluster.DetectorLag;
import dev.tiercel.detector.cluster.Restoration;
import dev.tiercel.detector.cluster.StreamsClients;
import dev.tiercel.detector.cluster.ThreadReplacement;
import dev.tiercel.detector.continuity.EventLog;
import dev.tiercel.detector.continuity.KafkaEventLog;
import dev.tiercel.detector.correlate.ClockRecords;
import dev.tiercel.detector.correlate.Correlate;
import dev.tiercel.detector.correlate.RecentMatches;
import dev.tiercel.detector.correlate.StatePages;
import dev.tiercel.detector.publication.RuleChanges;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.kubernetes.KubernetesIndex;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.PrivatePages;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the topology: one instance of the detector. More instances with the same application id share the
/// partitions.
///
/// It reads no events until there are rules, so that none goes unjudged.
public final class Detector implements Component, PrivatePages {
    private static final Logger LOG = LoggerFactory.getLogger(Detector.class);
    /// Without anything restored.
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(15);

    private final DetectorConfig config;
    private final Map<String, String> kafka;
    private final DetectorSerdes serdes;
    private final ActiveRules rules;
    private final CorrelatedRules correlated;
    private final DetectorMetrics metrics;
    private final DetectorLag lag;
    private final EventLog log;
    private final RecentMatches recentMatches = new RecentMatches();
    private final Nodes nodes = new Nodes();
    private final KubernetesIndex kubernetes = new KubernetesIndex();
    private final StreamsClients clients = new StreamsClients();
    private final ThreadReplacement replacement;
    private final Restoration restoration = new Restoration(InstantSource.system());
    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile @Nullable KafkaStreams streams;
    private volatile @Nullable StatePages pages;
    private volatile @Nullable Throwable failure;
    private volatile Consumer<Throwable> listener = cause -> {};
    private @Nullable RuleDeadLetters ruleDeadLetters;
    private @Nullable RuleReports ruleReports;

    /// @param kafka settings of Kafka's clients, at least `bootstrap.servers`; they override the built-in ones
    public Detector(DetectorConfig config, Map<String, String> kafka, SchemaRegistry schemas, Metrics metrics) {
        this.config = config;
        this.kafka = Map.copyOf(kafka);
        this.serdes = DetectorSerdes.of(schemas);
        this.rules = new ActiveRules(config.judging().compileOptions());
        this.correlated = new CorrelatedRules(rules);
        this.metrics = new DetectorMetrics(metrics);
        this.metrics.follow(rules);
        this.replacement = new ThreadReplacement(InstantSource.system());
        this.log = new KafkaEventLog(this.kafka, config.applicationId());
        this.lag = new DetectorLag(this.kafka, config.applicationId(), InstantSource.system());
        metrics.gauge(
                "detector.kubernetes.objects", "Objects of Kubernetes clusters that are known.", kubernetes::size);
        metrics.gauge("detector.execs", "Requests to enter pods that are known.", kubernetes.execs()::size);
        metrics.gauge(
                "detector.execs.pushed.out",
                "Requests to enter pods that were forgotten before their time, because there were too many.",
                kubernetes.execs()::pushedOut);
        metrics.gauge("detector.lag", "Records of events that no instance has judged yet.", lag::lag);
        metrics.gauge("detector.kafka.away", "Seconds since Kafka stopped answering; 0: it answers.", lag::awaySeconds);
    }

    @Override
    public String name() {
        return "detector";
    }

    @Override
    public void onFailure(Consumer<Throwable> listener) {
        this.listener = listener;
    }

    /// Returns once partitions are assigned and their state is restored, or before that if there are no rules: while
    /// Kafka Streams is paused it restores no store.
    ///
    /// @throws IllegalStateException if brokers, topics or the registry are unavailable, or another instance
    ///     uses the state directory
    @Override
    public void start() {
        ClusterCheck.require(
                kafka,
                Topics.EVENTS_SYSCALL,
                Topics.RULES,
                Topics.CONTEXT_FEEDS,
                Topics.CONTEXT_KUBERNETES,
                Topics.CONTEXT_NODES,
                Topics.CONTEXT_EXECS,
                Topics.RULES_ACCEPTED,
                Topics.RULES_STATUS,
                Topics.RULES_CHANGES,
                Topics.ALERTS,
                Topics.ALERTS_JSON,
                Topics.ALERTS_SHADOW,
                Topics.MATCHES,
                Topics.MATCHES_LATE,
                Topics.DEAD_LETTERS);
        serdes.register();
        RuleReports reports = ruleReports();
        Topology topology = topology(reports);
        Map<String, Object> settings = StreamsSettings.of(config, InstanceId.in(config.stateDir()), kafka);
        KafkaStreams created = new KafkaStreams(topology, new StreamsConfig(settings), clients);
        streams = created;
        created.setUncaughtExceptionHandler(this::failed);
        created.setStateListener((now, before) -> changed(now));
        created.setGlobalStateRestoreListener(restoration);
        created.pause();
        rules.onLoad(loaded -> created.resume());
        created.start();
        if (rules.current() != null) awaitSettled(created);
        lag.onRecreated(this::recreated);
        lag.start();
        reports.start();
        if (rules.current() == null) {
            LOG.warn("no rules on topic {} yet; events wait until rules are published", Topics.RULES.name());
        }
    }

    /// The rules in force; null if there are none yet.
    public @Nullable LoadedRules rules() {
        return rules.current();
    }

    /// Waits until all instances have judged what is on the topics of events now; false: they have not after
    /// `limit`.
    ///
    /// @throws ExecutionException if the brokers do not answer or refuse
    public boolean awaitJudged(Duration limit) throws InterruptedException, ExecutionException {
        return lag.awaitJudged(limit);
    }

    /// Events judged since the start.
    public long events() {
        return metrics.events();
    }

    @Override
    public Health check() {
        KafkaStreams running = streams;
        if (failure != null) {
            return Health.failing("stopped: " + failure);
        }
        if (running == null || !running.state().isRunningOrRebalancing()) {
            return Health.failing(running == null ? "not started" : "state " + running.state());
        }
        LoadedRules loaded = rules.current();
        if (loaded == null) {
            return Health.failing("waiting for rules on topic " + Topics.RULES.name());
        }
        return replacement
                .check()
                .and(lag.check())
                .and(Health.ok("%d rules of version %.12s, %d events judged, lag %s%s"
                        .formatted(
                                loaded.ruleSet().rules().size(), loaded.version(), metrics.events(), lag(), more())));
    }

    @Override
    public Page page(PageRequest request) {
        KafkaStreams running = streams;
        StatePages served = pages;
        return running == null || served == null
                ? new Page(503, "{\"error\":\"the detector is not running\"}")
                : served.page(running, request);
    }

    private String more() {
        return Stream.of(metrics.correlations().summary(), restoration.summary())
                .filter(summary -> !summary.isEmpty())
                .map("; "::concat)
                .collect(Collectors.joining());
    }

    private String lag() {
        double records = lag.lag();
        return Double.isNaN(records) ? "unknown" : "%.0f records".formatted(records);
    }

    /// Leaves the group, so that other instances take over immediately.
    @Override
    public void close() {
        KafkaStreams running = streams;
        streams = null;
        lag.close();
        if (running != null && !leave(running)) {
            LOG.warn("Kafka Streams did not stop within {} s; its commit is given up", CLOSE_LIMIT.toSeconds());
            clients.abandonCommits();
            leave(running);
        }
        if (ruleDeadLetters != null) {
            ruleDeadLetters.close();
            ruleDeadLetters = null;
        }
        if (ruleReports != null) {
            ruleReports.close();
            ruleReports = null;
        }
    }

    /// False: not within the limit.
    private static boolean leave(KafkaStreams running) {
        return running.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_LIMIT));
    }

    private RuleReports ruleReports() {
        RuleChanges changes = RuleChanges.ofInstance(config.applicationId(), InstanceId.in(config.stateDir()));
        RuleReports created = new RuleReports(kafka, serdes, changes, rules);
        ruleReports = created;
        return created;
    }

    private Topology topology(RuleReports reports) {
        DeadLetterRecord letter = new DeadLetterRecord(config.applicationId(), InstantSource.system());
        RuleDeadLetters deadLetters = new RuleDeadLetters(kafka, letter, serdes, metrics);
        ruleDeadLetters = deadLetters;
        AlertJson json = new AlertJson(
                config.format().text(ZoneId.systemDefault()), config.format().include());
        int tasks = ClusterCheck.partitions(kafka, Topics.MATCHES);
        pages = new StatePages(correlated, metrics.correlations(), config.correlations(), tasks);
        return DetectorTopology.build(
                new DetectorTopology.Steps(
                        new FollowContext<>(serdes.execs().deserializer(), kubernetes.execs()::known, deadLetters),
                        serdes.execRequests(),
                        new FollowContext<>(
                                serdes.feeds().deserializer(),
                                (name, feed) -> rules.feed(name, feed == null ? null : feed.getItems()),
                                deadLetters),
                        new FollowContext<>(serdes.kubernetes().deserializer(), kubernetes::known, deadLetters),
                        new FollowContext<>(serdes.nodes().deserializer(), nodes::put, deadLetters),
                        new FollowRules(rules, serdes.rules().deserializer(), deadLetters, reports),
                        detect(
                                FieldCatalog.SYSCALL,
                                () -> new BatchBench(
                                        new BatchBench.Parts(
                                                serdes.batches(), nodes, kubernetes, serdes.alerts(), metrics),
                                        log,
                                        config.metadataWait())),
                        documents(),
                        new Correlate<>(
                                correlated,
                                serdes.matches(),
                                new CorrelationOutcomes(correlated, serdes.alerts(), metrics, config.applicationId()),
                                metrics.correlations(),
                                Correlate.Limits.of(config.correlations(), config.commitInterval(), tasks)),
                        json,
                        letter),
                serdes);
    }

    /// By event source.
    private Map<String, Detect> documents() {
        Map<String, Detect> steps = new LinkedHashMap<>();
        serdes.documents()
                .forEach((source, serde) -> steps.put(
                        source, detect(source, () -> DocumentJudge.bench(source, serde, serdes.alerts(), metrics))));
        return steps;
    }

    private Detect detect(String source, Supplier<Judge.Bench> benches) {
        ClockRecords.Source clocks = new ClockRecords.Source(
                source,
                lag.idle(),
                recentMatches,
                () -> correlated.plans().sources().contains(source));
        return new Detect(
                rules,
                benches,
                metrics,
                log,
                new Detect.Leaving(config.applicationId(), config.commitInterval()),
                clocks);
    }

    private void awaitSettled(KafkaStreams created) {
        try {
            if (!restoration.await(settled, START_LIMIT)) {
                throw new IllegalStateException(
                        "the detector did not start, and restored no state, within %d s: state=%s application=%s"
                                .formatted(START_LIMIT.toSeconds(), created.state(), config.applicationId()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the detector was starting", interrupted);
        }
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the detector cannot run: " + cause, cause);
        }
    }

    private void changed(KafkaStreams.State now) {
        if (now == KafkaStreams.State.ERROR && failure == null) {
            stop(new IllegalStateException("Kafka Streams ended in state ERROR"));
        }
        if (now == KafkaStreams.State.RUNNING) {
            settled.countDown();
        }
    }

    private StreamThreadExceptionResponse failed(Throwable cause) {
        if (failure == null && replacement.allowed(cause)) return StreamThreadExceptionResponse.REPLACE_THREAD;
        Thread.interrupted(); // of a commit that was abandoned: the thread still has to leave the group
        if (failure == null) stop(cause);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private void recreated(String topic) {
        IllegalStateException cause = new IllegalStateException(
                "topic %s was deleted and created again; a restart judges it from its beginning".formatted(topic));
        failure = cause; // no thread is replaced that fails now
        clients.abandonCommits();
        stop(cause);
    }

    private void stop(Throwable cause) {
        failure = cause;
        LOG.error("the detector stopped: {}", cause.toString(), cause);
        settled.countDown();
        listener.accept(cause);
    }
}
