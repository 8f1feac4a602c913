package dev.tiercel.collector;

import dev.tiercel.collector.capture.CaptureCounters;
import dev.tiercel.collector.capture.ProgramStatus;
import dev.tiercel.collector.capture.RecordSource;
import dev.tiercel.kevent.KeventClass;
import dev.tiercel.schemas.avro.KernelCounts;
import dev.tiercel.schemas.avro.ProbeProgram;
import dev.tiercel.schemas.avro.SensorReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Builds the heartbeats from the counts of the source and the collector.
final class SensorReports {
    private final String node;
    private final long collectorStart;
    private final RecordSource source;

    SensorReports(String node, long collectorStart, RecordSource source) {
        this.node = node;
        this.collectorStart = collectorStart;
        this.source = source;
    }

    /// The report. Pending events count as neither drained nor published, so that the equation of SensorReport always
    /// holds.
    ///
    /// @param time nanoseconds since the epoch
    SensorReport report(CollectorCounts counts, long time) {
        CaptureCounters kernel = source.counters();
        return SensorReport.newBuilder()
                .setNode(node)
                .setCollectorStart(collectorStart)
                .setTime(time)
                .setKernelRelease(System.getProperty("os.version", ""))
                .setCollectorVersion(version())
                .setPrograms(programs())
                .setDrained(counts.drained() - counts.pending())
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
