package dev.tiercel.cli.up;

import dev.tiercel.cli.access.Role;
import dev.tiercel.cli.memory.StartupMemory;
import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.settings.ClientProperties;
import dev.tiercel.cli.settings.HealthAccess;
import dev.tiercel.cli.settings.TopicsComponent;
import dev.tiercel.cli.settings.TopicsConfig;
import dev.tiercel.collector.Collector;
import dev.tiercel.collector.CollectorConfig;
import dev.tiercel.collector.capture.RecordSource;
import dev.tiercel.collector.cloud.CloudReporter;
import dev.tiercel.detector.Detector;
import dev.tiercel.detector.LoadedRules;
import dev.tiercel.detector.publication.ForeignRules;
import dev.tiercel.detector.publication.RulePublisher;
import dev.tiercel.detector.publication.RuleWatcher;
import dev.tiercel.enricher.Enricher;
import dev.tiercel.enricher.EnricherConfig;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Component;
import dev.tiercel.service.DiskSpace;
import dev.tiercel.service.Health;
import dev.tiercel.service.HealthConfig;
import dev.tiercel.service.HealthServer;
import dev.tiercel.service.Lifecycle;
import dev.tiercel.service.Metrics;
import dev.tiercel.sinks.Sinks;
import dev.tiercel.sinks.StdoutSink;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All parts of Tiercel in this JVM, started in an order that misses nothing, stopped in reverse.
///
/// The sink fixes its start offset before the detector can raise an alert; rules are published before the detector
/// reads an event; the probe comes last. On stop the collector publishes what it holds, the detector judges it, the
/// sink prints the alerts.
final class Pipeline {
    private static final Duration DRAIN_LIMIT_LIVE = Duration.ofSeconds(3);
    private static final Duration DRAIN_LIMIT_REPLAY = Duration.ofMinutes(10);

    private static final String STOPPING = ": publishing pending events, judging them, then closing Kafka";

    private final UpPlan plan;
    private final Console console;
    private final Lifecycle lifecycle;
    private final Metrics metrics = Metrics.withJvm();
    private volatile @Nullable StdoutSink sink;
    private volatile @Nullable Collector collector;
    private volatile boolean ready;
    private volatile boolean outputFailed;

    Pipeline(UpPlan plan, Console console, Lifecycle lifecycle) {
        this.plan = plan;
        this.console = console;
        this.lifecycle = lifecycle;
    }

    /// Starts everything.
    ///
    /// @param source opened once everything else runs
    /// @return the line that says what is watched
    String start(Path data, Function<CollectorConfig, RecordSource> source, PrintStream out) {
        HealthPort.requireFree(plan.health());
        StopNotice notice = new StopNotice(console);
        lifecycle.onStop(() -> notice.say("stopping" + (ready ? STOPPING : " as soon as the step in progress ends")));
        lifecycle.start(new DiskSpace(data, plan.disk(), console::print));
        UpAccess access = plan.insecure() ? UpAccess.insecure() : UpAccess.in(data);
        BrokerComponent broker = new BrokerComponent(
                data.resolve("broker"),
                plan.port(),
                access.broker(),
                new Role.Scope(plan.detector().applicationId(), plan.enricher().importedTopics()),
                console);
        console.step("starting Kafka in " + data, () -> lifecycle.start(broker));
        console.step("creating topics", () -> lifecycle.start(topics(broker)));
        RegistryComponent registry = RegistryComponent.onLoopback(
                kafka(broker, Role.REGISTRY), plan.registryPort(), access.registry(), console);
        console.step("starting the schema registry", () -> lifecycle.start(registry));
        access.writeClientFiles(data, broker.clientSettings(Role.OWNER), registry.uri());
        StdoutSink stdout = new StdoutSink(kafka(broker, Role.SINK), plan.line(), StdoutSink.Start.LATEST, out);
        stdout.onOutputClosed(() -> outputFailed(stdout));
        sink = stdout;
        lifecycle.start(stdout);
        startSinks(broker, registry);
        Detector detector = startDetector(data, broker, registry);
        String watched = startCollector(detector, broker, registry, source) + startEnricher(broker, registry);
        HealthServer health = startHealth(data, access);
        lifecycle.start(new StartupMemory());
        lifecycle.start(notice);
        ready = true;
        return "watching " + watched + "; " + Console.counted(ruleCount(detector), "rule") + " loaded; broker "
                + broker.bootstrapServers() + " with topics " + names(topics(plan.enricher())) + "; registry "
                + registry.uri()
                + "; clients: " + ClientProperties.file(data)
                + (plan.health().enabled() ? "; health and metrics on port " + health.port() : "");
    }

    private TopicsComponent topics(BrokerComponent broker) {
        return new TopicsComponent(
                new TopicsConfig(true, 1), kafka(broker, Role.OWNER), topics(plan.enricher()), false);
    }

    private static List<Topic> topics(EnricherConfig enricher) {
        return Topics.all().stream()
                .filter(topic -> !SourceOptions.onlyOfSources(topic)
                        || SourceOptions.topics(enricher).contains(topic))
                .toList();
    }

    /// The user's settings of Kafka's clients, for one part of the pipeline.
    private Map<String, String> kafka(BrokerComponent broker, Role role) {
        Map<String, String> kafka = new HashMap<>(plan.kafka());
        kafka.putAll(broker.clientSettings(role));
        return kafka;
    }

    private static int ruleCount(Detector detector) {
        LoadedRules rules = detector.rules();
        return rules == null ? 0 : rules.ruleSet().rules().size();
    }

    private static String names(List<Topic> topics) {
        return topics.stream()
                .map(Topic::name)
                .filter(name -> !name.startsWith("_"))
                .collect(Collectors.joining(" "));
    }

    /// Says once that the stop has begun: at the signal, or when the first component is closed, it being started last.
    private static final class StopNotice implements Component {
        private final Console console;
        private final AtomicBoolean said = new AtomicBoolean();

        private StopNotice(Console console) {
            this.console = console;
        }

        private void say(String what) {
            if (said.compareAndSet(false, true)) console.print(what);
        }

        @Override
        public String name() {
            return "stop-notice";
        }

        @Override
        public void start() {}

        @Override
        public Health check() {
            return Health.ok();
        }

        @Override
        public void close() {
            say("stopping" + STOPPING);
        }
    }

    /// Nobody reads the alerts any more: there is no point in going on.
    private void outputFailed(StdoutSink stdout) {
        outputFailed = true;
        console.print(stdout.check().detail());
        lifecycle.stop();
    }

    /// Whether the run ended since nobody read its output.
    boolean outputFailed() {
        return outputFailed;
    }

    /// On the port that was chosen; on any free one if the default is taken, which is said.
    private HealthServer startHealth(Path data, UpAccess access) {
        HealthConfig given = plan.health();
        HealthConfig wanted = given.password().isEmpty() ? given.withPassword(access.health()) : given;
        boolean elsewhere = wanted.enabled() && !wanted.chosen() && HealthPort.isTaken(wanted);
        HealthConfig config = elsewhere ? wanted.onAnyPort() : wanted;
        HealthServer health = new HealthServer(config, lifecycle::components, metrics);
        lifecycle.start(health);
        new HealthAccess(
                        wanted.host() + ":" + health.port(),
                        wanted.password(),
                        wanted.tls().isPresent())
                .write(data);
        if (elsewhere) console.print(HealthPort.elsewhere(wanted, health.port()));
        return health;
    }

    private void startSinks(BrokerComponent broker, RegistryComponent registry) {
        Optional<Path> file = plan.sinks().file();
        if (file.isEmpty()) return;
        Sinks.Clients clients = new Sinks.Clients(
                kafka(broker, Role.SINK),
                registry.registry(),
                metrics,
                plan.sinks().start());
        console.step("starting the sinks", () -> lifecycle.start(new Sinks(file.get(), clients)));
    }

    private Detector startDetector(Path data, BrokerComponent broker, RegistryComponent registry) {
        Map<String, String> publishing = kafka(broker, Role.PUBLISHER);
        RulePublisher publisher = new RulePublisher(
                publishing, registry.registry(), plan.detector().judging().compileOptions(), "tiercel up");
        console.step(
                "publishing rules", () -> lifecycle.start(new RuleWatcher(plan.rules(), publisher, console::print)));
        lifecycle.start(new ForeignRules(publishing, registry.registry(), publisher, data.resolve("rules.seen")));
        Detector detector = new Detector(plan.detector(), kafka(broker, Role.DETECTOR), registry.registry(), metrics);
        console.step("starting the detector", () -> lifecycle.start(detector));
        return detector;
    }

    private String startCollector(
            Detector detector,
            BrokerComponent broker,
            RegistryComponent registry,
            Function<CollectorConfig, RecordSource> from) {
        boolean replay = plan.recording().isPresent();
        lifecycle.start(new DetectorDrain(detector, replay ? DRAIN_LIMIT_REPLAY : DRAIN_LIMIT_LIVE));
        return console.step(replay ? "opening the recording" : "attaching the probe", () -> {
            CollectorConfig config = plan.collector(broker.clientSettings(Role.COLLECTOR));
            Collector created = new Collector(config, from.apply(config), registry.registry());
            created.bind(metrics);
            collector = created;
            if (!replay) {
                lifecycle.start(new CloudReporter(config.cloud(), created.node(), config.kafka(), registry.registry()));
            }
            lifecycle.start(created);
            return created.describe();
        });
    }

    /// @return what is read, to follow what is watched
    private String startEnricher(BrokerComponent broker, RegistryComponent registry) {
        EnricherConfig config = plan.enricher();
        if (config.isEmpty()) return "";
        return console.step("connecting the sources", () -> {
            Enricher enricher = new Enricher(config, kafka(broker, Role.ENRICHER), registry.registry(), metrics);
            lifecycle.start(enricher);
            return ", " + enricher.describe();
        });
    }

    /// Runs `action` once the whole recording has been published.
    void whenPublished(Runnable action) {
        Collector started = collector;
        if (started == null) throw new IllegalStateException("the collector is not started");
        var _ = started.completion().whenComplete((counts, failure) -> action.run());
    }

    /// A line for the end of the run: how many alerts were printed.
    String summary() {
        StdoutSink ended = sink;
        return "stopped; " + Console.counted(ended == null ? 0 : ended.printed(), "alert") + " printed";
    }
}
