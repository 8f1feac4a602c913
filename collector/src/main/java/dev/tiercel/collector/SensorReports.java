package dev.tiercel.collector;

import dev.tiercel.collector.capture.CaptureCounters;
import dev.tiercel.collector.capture.ProgramStatus;
import dev.tiercel.collector.capture.RecordSource;
import dev.tiercel.collector.publish.BatchPublisher;
import dev.tiercel.collector.store.WatchMark;
import dev.tiercel.kevent.KeventClass;
import dev.tiercel.schemas.avro.BrokerOutage;
import dev.tiercel.schemas.avro.KernelCounts;
import dev.tiercel.schemas.avro.ProbeProgram;
import dev.tiercel.schemas.avro.SensorReport;
import dev.tiercel.schemas.avro.WatchGap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Builds the heartbeats from the counts of the source and the collector.
final class SensorReports {
    private final String node;
    private final long collectorStart;
    private final @Nullable WatchGap gap;
    private final RecordSource source;

    SensorReports(String node, long collectorStart, Optional<WatchMark.Gap> gap, RecordSource source) {
        this.node = node;
        this.collectorStart = collectorStart;
        this.gap = gap.map(found -> new WatchGap(found.from(), found.to(), found.reason()))
                .orElse(null);
        this.source = source;
    }

    /// The report.
    ///
    /// @param outages that ended since the last one
    /// @param time nanoseconds since the epoch
    SensorReport report(CollectorCounts counts, BatchPublisher publisher, List<BrokerOutage> outages, long time) {
        CaptureCounters kernel = source.counters();
        BatchPublisher.Waiting waiting = publisher.waiting();
        BatchPublisher.DeliveryCounts delivery = publisher.counts();
        return SensorReport.newBuilder()
                .setNode(node)
                .setCollectorStart(collectorStart)
                .setTime(time)
                .setKernelRelease(System.getProperty("os.version", ""))
                .setCollectorVersion(version())
                .setPrograms(programs())
                .setDrained(counts.drained())
                .setPublished(counts.published())
                .setStateOnly(counts.stateOnly())
                .setIgnored(counts.ignored())
                .setDropped(counts.dropped())
                .setKernel(classes(kernel))
                .setFaults(kernel.faults())
                .setCompat(kernel.compat())
                .setLag(source.pendingBytes())
                .setBytes(counts.bytes())
                .setBatches(counts.batches())
                .setProcesses(counts.processes())
                .setContainers(counts.containers())
                .setPending(counts.pending())
                .setPendingBytes(waiting.bytes())
                .setSpooledEvents(waiting.spooledEvents())
                .setSpooledBytes(waiting.spooledBytes())
                .setInheritedPublished(delivery.inheritedEvents())
                .setInheritedDropped(delivery.inheritedLost())
                .setGap(gap)
                .setOutages(outages)
                .build();
    }

    private static String version() {
        String version = SensorReports.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private List<ProbeProgram> programs() {
        List<ProbeProgram> programs = new ArrayList<>();
        for (ProgramStatus program : source.programs()) {
            programs.add(new ProbeProgram(
                    program.name(), program.attached(), program.refusal().orElse("")));
        }
        return programs;
    }

    private static List<KernelCounts> classes(CaptureCounters kernel) {
        List<KernelCounts> classes = new ArrayList<>();
        for (KeventClass kind : KeventClass.values()) {
            classes.add(new KernelCounts(
                    kind.name().toLowerCase(Locale.ROOT),
                    kernel.emitted(kind),
                    kernel.ringFull(kind),
                    kernel.scratch(kind)));
        }
        return classes;
    }
}
