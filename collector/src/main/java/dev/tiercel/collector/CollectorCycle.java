package dev.tiercel.collector;

import dev.tiercel.collector.batch.Batch;
import dev.tiercel.collector.batch.BatchOrigin;
import dev.tiercel.collector.batch.Lanes;
import dev.tiercel.collector.capture.RecordSource;
import dev.tiercel.collector.container.ContainerDirectory;
import dev.tiercel.collector.node.NodeState;
import dev.tiercel.collector.publish.BatchPublisher;
import dev.tiercel.collector.translate.CallTable;
import dev.tiercel.collector.translate.Tally;
import dev.tiercel.collector.translate.Translator;
import dev.tiercel.schemas.avro.SensorReport;
import dev.tiercel.service.Health;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// The collector's work without its thread: every [#doWork] drains, translates, closes what is due and publishes. One
/// thread.
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

    /// @param schemaId of SyscallBatch
    /// @param reportWriter writes heartbeats
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
        long collectorStart = System.currentTimeMillis() * 1_000_000;
        this.containers = new ContainerDirectory(config.containers());
        this.node = new NodeState(config.nodeState(), containers, source.bootTimeEpochNanos());
        this.lanes = new Lanes(
                config.lanes(),
                node,
                new BatchOrigin(name, collectorStart, schemaId),
                config.batch(),
                () -> source.counters().lost());
        this.translator = new Translator(node, lanes, CallTable.ofThisMachine());
        this.reports = new SensorReports(name, collectorStart, source);
        this.nextHeartbeatNanos = clock.getAsLong();
        containers.follow();
    }

    /// Does what there is to do and returns the number of records drained; 0: nothing came, or nothing can be taken
    /// until the broker accepts what waits.
    public int doWork() {
        long now = clock.getAsLong();
        node.tick(now);
        translator.tick(now, source.bootTimeEpochNanos());
        lanes.closeDue(now);
        heartbeat(now);
        return publishFinished() ? source.drain(translator, config.drainLimit()) : 0;
    }

    /// Whether a recording has been read to its end and all of it has been handed to the publisher.
    public boolean finished() {
        return source.finished() && lanes.isEmpty() && lanes.peek() == null;
    }

    /// Takes what is on the ring now, closes every batch, and waits until all of it is published, at most `timeout`.
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
        Tally tally = translator.tally();
        BatchPublisher.Delivery delivery = publisher.delivery();
        Map<String, Long> ignored = new TreeMap<>();
        for (Tally.Ignored reason : Tally.Ignored.values()) {
            ignored.put(reason.label(), tally.ignoredTotal(reason));
        }
        Map<String, Long> dropped = new TreeMap<>();
        dropped.put(Tally.Dropped.TRANSLATION.label(), tally.failedTotal());
        dropped.put(Tally.Dropped.PUBLISH.label(), delivery.failedEvents());
        return new CollectorCounts(
                tally.drainedTotal(),
                delivery.events(),
                tally.eventsTotal() - delivery.events() - delivery.failedEvents(),
                tally.stateOnlyTotal(),
                ignored,
                dropped,
                delivery.batches(),
                delivery.bytes(),
                node.table().size(),
                containers.size());
    }

    /// How the threads beside this one are, which ask about containers; from any thread.
    Health check() {
        return containers.check();
    }

    /// Stops asking about containers; source and publisher are closed by whoever made them.
    @Override
    public void close() {
        containers.close();
    }

    NodeState node() {
        return node;
    }

    private void heartbeat(long now) {
        if (now - nextHeartbeatNanos < 0) {
            return;
        }
        nextHeartbeatNanos = now + config.heartbeat().toNanos();
        publisher.report(reportWriter.apply(reports.report(counts(), System.currentTimeMillis() * 1_000_000)));
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
