package dev.tiercel.collector;

import dev.tiercel.collector.capture.RecordSource;
import dev.tiercel.collector.publish.BatchPublisher;
import dev.tiercel.collector.publish.KafkaPublisher;
import dev.tiercel.collector.store.Spool;
import dev.tiercel.collector.store.StateDirectory;
import dev.tiercel.collector.store.WatchMark;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.SensorReport;
import dev.tiercel.schemas.avro.SyscallBatch;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Worker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes the records of a source on topics `events.syscall` and `sensors`, on a thread of its own.
public final class Collector implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final Duration TOPICS_TIMEOUT = Duration.ofSeconds(5);
    /// How much longer than the limit for acknowledgements a stop may take.
    private static final Duration STOP_SLACK = Duration.ofSeconds(20);

    private final CollectorConfig config;
    private final RecordSource source;
    private final SchemaRegistry registry;
    private final CompletableFuture<CollectorCounts> completion = new CompletableFuture<>();
    private final Worker worker;
    private @Nullable BatchPublisher publisher;
    private @Nullable StateDirectory state;
    private volatile CollectorCounts counts = CollectorCounts.NONE;
    private volatile long lost;
    private volatile BatchPublisher.Waiting waiting = BatchPublisher.Waiting.NOTHING;
    private volatile long awaySince;
    private volatile @Nullable String lastDescription;
    private volatile Supplier<Health> cycleHealth = Health::ok;
    private volatile IntSupplier hanging = () -> 0;
    private boolean closed;

    /// @param source opened; the collector closes it
    /// @param registry the caller closes it
    public Collector(CollectorConfig config, RecordSource source, SchemaRegistry registry) {
        this.config = config;
        this.source = source;
        this.registry = registry;
        this.worker = new Worker("collector", config.stopTimeout().plus(STOP_SLACK));
        worker.onFailure(completion::completeExceptionally);
    }

    @Override
    public String name() {
        return "collector";
    }

    @Override
    public void onFailure(Consumer<Throwable> listener) {
        worker.onFailure(listener);
    }

    /// Registers the schemas and starts draining.
    @Override
    public void start() {
        AvroSerde<SyscallBatch> batches = AvroSerde.of(SyscallBatch.class, registry, Topics.EVENTS_SYSCALL);
        AvroSerde<SensorReport> sensors = AvroSerde.of(SensorReport.class, registry, Topics.SENSORS);
        int schemaId = batches.schemaId();
        sensors.schemaId();
        String node = node();
        openState();
        KafkaPublisher opened = new KafkaPublisher(node, config.kafka(), openSpool());
        publisher = opened;
        opened.awaitTopics(TOPICS_TIMEOUT);
        CollectorCycle cycle = new CollectorCycle(
                config,
                source,
                opened,
                new CollectorCycle.Encoding(schemaId, sensors::write),
                System::nanoTime,
                openMark());
        cycleHealth = cycle::check;
        hanging = cycle::hanging;
        worker.start(() -> run(cycle), () -> {}); // an interrupt would cut short what it publishes at the end
    }

    /// A recording has no gaps, and can wait: it needs none of this.
    private void openState() {
        if (source.live()) {
            state = StateDirectory.open(config.state().directory()).orElse(null);
            if (state == null) {
                LOG.warn(
                        "cannot write to {} (collector.state-dir): while the broker is away only memory holds events,"
                                + " and the gap of a restart is not reported",
                        config.state().directory());
            }
        }
    }

    private @Nullable Spool openSpool() {
        StateDirectory opened = state;
        if (opened == null || config.state().spoolBytes() == 0) {
            return null;
        }
        Spool spool = Spool.open(opened, config.state().spoolBytes());
        long left = spool.unread(true);
        if (left > 0) {
            LOG.warn("an earlier run left {} events in {}; they are published first", left, spool.path());
        }
        return spool;
    }

    private @Nullable WatchMark openMark() {
        StateDirectory opened = state;
        return opened == null ? null : new WatchMark(opened, CollectorCycle::epochNanos);
    }

    /// Name of the node in events.
    public String node() {
        return config.node().isEmpty() ? source.hostname() : config.node();
    }

    /// What is collected, in one line: the kernel and its attached programs, or the recording.
    public String describe() {
        String last = lastDescription;
        return last == null ? source.describe() : last;
    }

    /// What became of the records, at most about a second old; exact once the collector is closed or [#completion] is
    /// done.
    public CollectorCounts counts() {
        return counts;
    }

    /// Completes when a recording has been published to its end or the collector is closed; exceptionally if it failed.
    public CompletableFuture<CollectorCounts> completion() {
        return completion.copy();
    }

    /// Registers the counts, under `tiercel_collector_`.
    public void bind(Metrics metrics) {
        metrics.counterOf("tiercel.collector.drained", "Records drained", () -> counts.drained());
        metrics.counterOf("tiercel.collector.published", "Events acknowledged", () -> counts.published());
        metrics.counterOf("tiercel.collector.state.only", "Records that only changed state", () -> counts.stateOnly());
        metrics.counterOf("tiercel.collector.ignored", "Records ignored on purpose", () -> counts.ignoredTotal());
        metrics.counterOf("tiercel.collector.dropped", "Records lost in the collector", () -> counts.droppedTotal());
        metrics.counterOf("tiercel.collector.lost", "Records lost in the kernel", () -> lost);
        metrics.gauge("tiercel.collector.pending", "Events not yet acknowledged", () -> counts.pending());
        metrics.counterOf(
                "tiercel.collector.spool.removed",
                "Events removed from disk to make room",
                () -> counts.dropped().getOrDefault("spool-full", 0L));
        metrics.gauge("tiercel.collector.spool.events", "Events on disk", () -> waiting.spooledEvents());
        metrics.gauge("tiercel.collector.spool.bytes", "Bytes on disk", () -> waiting.spooledBytes());
        metrics.gauge(
                "tiercel.collector.broker.away",
                "Seconds since the broker has not answered; 0: it answers",
                this::awaySeconds);
        metrics.gauge("tiercel.collector.processes", "Processes known", () -> counts.processes());
        metrics.gauge("tiercel.collector.hanging", "Reads from containers that hang", () -> hanging.getAsInt());
        metrics.gauge("tiercel.collector.containers", "Containers known", () -> counts.containers());
    }

    @Override
    public Health check() {
        CollectorCounts now = counts;
        return worker.check()
                .and(cycleHealth.get())
                .and(source.check())
                .and(brokerHealth())
                .and(Health.ok("%s; %d events published, %d lost"
                        .formatted(describe(), now.published(), now.droppedTotal() + lost)));
    }

    private double awaySeconds() {
        long since = awaySince;
        return since == 0 ? 0 : Math.max(0, System.currentTimeMillis() / 1e3 - since / 1e9);
    }

    /// Failing while the broker is away: the collector works, but nobody judges.
    private Health brokerHealth() {
        long since = awaySince;
        BatchPublisher.Waiting now = waiting;
        return since == 0
                ? Health.ok()
                : Health.failing(
                        "the broker has not answered since %s; %d events wait, %d of them on disk in %d bytes; %d lost"
                                .formatted(
                                        Outages.time(since),
                                        counts.pending(),
                                        now.spooledEvents(),
                                        now.spooledBytes(),
                                        counts.droppedTotal() + lost));
    }

    /// Publishes what is on the ring, waits for acknowledgements up to the stop timeout, and detaches the probe.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        worker.close();
        if (publisher != null) {
            publisher.close();
        }
        if (state != null) {
            state.close();
        }
        lastDescription = source.describe();
        source.close();
        completion.complete(counts);
    }

    private void count(CollectorCycle cycle) {
        counts = cycle.counts();
        lost = source.counters().lost();
        BatchPublisher opened = publisher;
        if (opened != null) {
            waiting = opened.waiting();
            awaySince = opened.awaySinceNanos();
        }
    }

    private void run(CollectorCycle cycle) {
        try (cycle) {
            loop(cycle);
            cycle.flush(config.stopTimeout());
            cycle.stopped();
            count(cycle);
            completion.complete(counts);
        }
        worker.close(); // a recording has an end
    }

    private void loop(CollectorCycle cycle) {
        long nextCount = System.nanoTime();
        while (!worker.closing() && !cycle.finished()) {
            if (cycle.doWork() == 0 && !worker.closing()) {
                cycle.awaitWork();
            }
            if (System.nanoTime() - nextCount >= 0) {
                count(cycle);
                nextCount = System.nanoTime() + 1_000_000_000;
            }
        }
    }
}
