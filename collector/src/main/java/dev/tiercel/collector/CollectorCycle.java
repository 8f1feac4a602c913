package dev.tiercel.collector;

import dev.tiercel.collector.batch.Batch;
import dev.tiercel.collector.batch.BatchOrigin;
import dev.tiercel.collector.batch.Lanes;
import dev.tiercel.collector.capture.RecordSource;
import dev.tiercel.collector.container.ContainerDirectory;
import dev.tiercel.collector.node.NodeState;
import dev.tiercel.collector.publish.BatchPublisher;
import dev.tiercel.collector.translate.Translator;
import dev.tiercel.schemas.avro.SensorReport;
import dev.tiercel.service.Health;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// The collector's duty cycle without its thread: each [#doWork] drains, translates, closes what is due and publishes.
/// Single-threaded.
public final class CollectorCycle implements AutoCloseable {
    private static final int DRAIN_ROUNDS_AT_STOP = 1024;

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
    private long nextHeartbeatNanos;

    /// @param schemaId of SyscallBatch in the registry
    /// @param reportWriter serializes heartbeats
    /// @param clock monotonic nanoseconds
    public CollectorCycle(
            CollectorConfig config,
            RecordSource source,
            BatchPublisher publisher,
            int schemaId,
            Function<SensorReport, byte[]> reportWriter,
            LongSupplier clock) {
        this.config = config;
        this.source = source;
        this.publisher = publisher;
        this.reportWriter = reportWriter;
        this.clock = clock;
        String name = config.node().isEmpty() ? source.hostname() : config.node();
        long collectorStart = epochNanos();
        this.containers = new ContainerDirectory(config.containers());
        this.node = new NodeState(config.nodeState(), containers, source.bootTimeEpochNanos());
        this.lanes = new Lanes(
                config.lanes(),
                node,
                new BatchOrigin(name, collectorStart, schemaId),
                config.batch(),
                () -> source.counters().lost());
        this.translator = new Translator(node, lanes);
        this.reports = new SensorReports(name, collectorStart, source);
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
        heartbeat(now);
        return publishFinished() ? source.drain(translator, config.drainLimit()) : 0;
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
        lanes.closeAll();
        while (!publishFinished() && clock.getAsLong() - deadline < 0) {
            Thread.onSpinWait();
        }
        publisher.flush(Duration.ofNanos(Math.max(0, deadline - clock.getAsLong())));
        nextHeartbeatNanos = clock.getAsLong();
        heartbeat(nextHeartbeatNanos);
    }

    /// What became of every record so far.
    public CollectorCounts counts() {
        Translator.TranslationCounts translated = translator.counts();
        BatchPublisher.DeliveryCounts delivery = publisher.counts();
        return new CollectorCounts(
                translated.drained(),
                delivery.events(),
                translated.events() - delivery.events() - delivery.failedEvents(),
                translated.stateOnly(),
                Map.of("unknown-type", translated.unknownType()),
                Map.of("translation", translated.failed(), "publish", delivery.failedEvents()),
                delivery.batches(),
                delivery.bytes(),
                node.processes(),
                containers.size());
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
        publisher.report(reportWriter.apply(reports.report(counts(), epochNanos())));
    }

    private static long epochNanos() {
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
