package dev.tiercel.collector;

import dev.tiercel.collector.batch.Batch;
import dev.tiercel.collector.batch.BatchOrigin;
import dev.tiercel.collector.batch.Lanes;
import dev.tiercel.collector.capture.RecordSource;
import dev.tiercel.collector.container.ContainerDirectory;
import dev.tiercel.collector.node.NodeState;
import dev.tiercel.collector.publish.BatchPublisher;
import dev.tiercel.collector.store.WatchMark;
import dev.tiercel.collector.translate.Translator;
import dev.tiercel.schemas.avro.SensorReport;
import dev.tiercel.service.DistinctErrors;
import dev.tiercel.service.Health;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// The collector's duty cycle without its thread: each [#doWork] drains, translates, closes what is due and publishes.
/// Single-threaded.
public final class CollectorCycle implements AutoCloseable {
    private static final int DRAIN_ROUNDS_AT_STOP = 1024;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final Duration IDLE_WAIT = Duration.ofMillis(100);

    private final CollectorConfig config;
    private final RecordSource source;
    private final BatchPublisher publisher;
    private final Function<SensorReport, byte[]> reportWriter;
    private final LongSupplier clock;
    private final ContainerDirectory containers;
    private final NodeState node;
    private final Lanes lanes;
    private final Translator translator;
    private final SensorReports reports;
    private final Outages outages;
    private final @Nullable WatchMark mark;
    private final DistinctErrors errors = new DistinctErrors(LoggerFactory.getLogger(CollectorCycle.class));
    private long nextHeartbeatNanos;

    /// How what is published is encoded.
    ///
    /// @param batchSchema id of SyscallBatch in the registry
    /// @param reports serializes heartbeats
    public record Encoding(int batchSchema, Function<SensorReport, byte[]> reports) {}

    /// A cycle that knows nothing of earlier runs.
    ///
    /// @param clock monotonic nanoseconds
    public CollectorCycle(
            CollectorConfig config,
            RecordSource source,
            BatchPublisher publisher,
            Encoding encoding,
            LongSupplier clock) {
        this(config, source, publisher, encoding, clock, null);
    }

    /// @param mark of when the node was last watched; null: none is kept
    CollectorCycle(
            CollectorConfig config,
            RecordSource source,
            BatchPublisher publisher,
            Encoding encoding,
            LongSupplier clock,
            @Nullable WatchMark mark) {
        this.config = config;
        this.source = source;
        this.publisher = publisher;
        this.reportWriter = encoding.reports();
        this.clock = clock;
        String name = config.node().isEmpty() ? source.hostname() : config.node();
        long collectorStart = epochNanos();
        Optional<WatchMark.Gap> gap = mark == null ? Optional.empty() : mark.gapBefore(collectorStart);
        gap.ifPresent(CollectorCycle::say);
        this.mark = mark;
        this.containers = new ContainerDirectory(config.containers());
        this.node = new NodeState(config.nodeState(), containers, source.bootTimeEpochNanos());
        this.lanes = new Lanes(
                config.lanes(),
                node,
                new BatchOrigin(
                        name, collectorStart, gap.map(WatchMark.Gap::from).orElse(0L), encoding.batchSchema()),
                config.batch(),
                () -> source.counters().lost());
        this.translator = new Translator(node, lanes);
        this.reports = new SensorReports(name, collectorStart, gap, source);
        this.outages = new Outages(publisher, this::lost);
        this.nextHeartbeatNanos = clock.getAsLong();
        containers.follow();
    }

    /// Runs one cycle and returns the number of records drained; 0: none was ready, or none can be taken until the
    /// publisher accepts the finished batches.
    public int doWork() {
        long now = clock.getAsLong();
        long bootTime = source.bootTimeEpochNanos();
        node.tick(now, bootTime);
        translator.tick(now, bootTime);
        lanes.closeDue(now);
        publisher.poll();
        if (outages.ended(epochNanos())) {
            nextHeartbeatNanos = now;
        }
        note(WatchMark::running);
        heartbeat(now);
        return publishFinished() ? source.drain(translator, config.drainLimit()) : 0;
    }

    /// Waits for records, after [#doWork] found none: for the first one if nothing else is to be done soon, or else
    /// until the next batch is due, or records abound.
    void awaitWork() {
        if (lanes.isEmpty() && lanes.peek() == null && !publisher.hasUnsent()) {
            source.awaitFirst(IDLE_WAIT);
        } else {
            long wait = Math.min(
                    lanes.nanosUntilDue(clock.getAsLong()), config.poll().toNanos());
            source.await(Duration.ofMillis(Math.max(1, Math.ceilDiv(wait, NANOS_PER_MILLI)))); // in steps of 1 ms
        }
    }

    /// Whether a recording has been read to its end and every batch has been handed to the publisher.
    public boolean finished() {
        return source.finished() && lanes.isEmpty() && lanes.peek() == null;
    }

    /// Drains the ring, closes every batch and waits until all are published, at most `timeout`.
    public void flush(Duration timeout) {
        long deadline = clock.getAsLong() + timeout.toNanos();
        int rounds = DRAIN_ROUNDS_AT_STOP;
        while (doWork() > 0 && rounds > 0 && clock.getAsLong() - deadline < 0) {
            rounds--;
        }
        lanes.closeAll(clock.getAsLong());
        while (!publishFinished() && clock.getAsLong() - deadline < 0) {
            Thread.onSpinWait();
        }
        publisher.flush(Duration.ofNanos(Math.max(0, deadline - clock.getAsLong())));
        nextHeartbeatNanos = clock.getAsLong();
        heartbeat(nextHeartbeatNanos);
    }

    /// Notes that the node was watched until now and the end is in order; after [#flush].
    void stopped() {
        note(WatchMark::stopped);
    }

    @FunctionalInterface
    private interface Noting {
        void on(WatchMark mark) throws IOException;
    }

    private void note(Noting noting) {
        WatchMark kept = mark;
        if (kept != null) {
            try {
                noting.on(kept);
            } catch (IOException e) {
                errors.record("noting when the node is watched", e);
            }
        }
    }

    private static void say(WatchMark.Gap gap) {
        LoggerFactory.getLogger(CollectorCycle.class)
                .warn(
                        "the node was not watched from {} to {}: the collector before was {}",
                        Outages.time(gap.from()),
                        Outages.time(gap.to()),
                        gap.reason().equals("booted") ? "ended by a boot of the machine" : gap.reason());
    }

    /// Records lost so far, in the kernel and in the collector.
    private long lost() {
        return source.counters().lost()
                + publisher.counts().lost()
                + translator.counts().failed();
    }

    /// What became of every record so far.
    public CollectorCounts counts() {
        Translator.TranslationCounts translated = translator.counts();
        BatchPublisher.DeliveryCounts delivery = publisher.counts();
        BatchPublisher.Waiting waiting = publisher.waiting();
        return new CollectorCounts(
                translated.drained(),
                delivery.events(),
                lanes.pendingEvents() + waiting.events(),
                translated.stateOnly(),
                Map.of("unknown-type", translated.unknownType()),
                dropped(translated, delivery),
                delivery.batches(),
                delivery.bytes(),
                node.processes(),
                containers.size());
    }

    private static Map<String, Long> dropped(
            Translator.TranslationCounts translated, BatchPublisher.DeliveryCounts delivery) {
        return Map.of(
                "translation", translated.failed(),
                "publish", delivery.failedEvents(),
                "spool-full", delivery.spoolFull(),
                "spool-damaged", delivery.spoolDamaged());
    }

    /// Health of the threads that look up containers and processes; from any thread.
    Health check() {
        return containers.check().and(node.check());
    }

    /// Reads from containers that hang; from any thread.
    int hanging() {
        return containers.hanging() + node.hanging();
    }

    /// Stops looking up containers; source and publisher belong to the caller.
    @Override
    public void close() {
        containers.close();
        node.close();
    }

    private void heartbeat(long now) {
        if (now - nextHeartbeatNanos < 0) {
            return;
        }
        nextHeartbeatNanos = now + config.heartbeat().toNanos();
        SensorReport report = reports.report(counts(), publisher, outages.take(), epochNanos());
        publisher.report(reportWriter.apply(report));
    }

    static long epochNanos() {
        return System.currentTimeMillis() * 1_000_000;
    }

    private boolean publishFinished() {
        for (Batch batch = lanes.peek(); batch != null; batch = lanes.peek()) {
            if (!publisher.offer(batch)) {
                return false;
            }
            lanes.remove();
        }
        return true;
    }
}
