package dev.tiercel.cli.tail;

import dev.tiercel.schemas.avro.BrokerOutage;
import dev.tiercel.schemas.avro.KernelCounts;
import dev.tiercel.schemas.avro.SensorReport;
import dev.tiercel.schemas.avro.WatchGap;
import dev.tiercel.service.PlainText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A report of a collector on one line: what its counts come to, and what was lost only if anything was.
record SensorLine(SensorReport report) {
    String text() {
        StringBuilder line = new StringBuilder("%s %s: drained %d, published %d, state %d, ignored %d, pending %d"
                .formatted(
                        time(report.getTime()),
                        report.getNode(),
                        report.getDrained(),
                        report.getPublished(),
                        report.getStateOnly(),
                        sum(report.getIgnored().values()),
                        report.getPending()));
        line.append(", lost %d in the kernel and %d in the collector"
                .formatted(lostInKernel(), sum(report.getDropped().values())));
        line.append("; %d processes, %d containers, %d bytes on the ring"
                .formatted(report.getProcesses(), report.getContainers(), report.getLag()));
        if (report.getSpooledBytes() > 0) line.append(", %d bytes on disk".formatted(report.getSpooledBytes()));
        WatchGap gap = report.getGap();
        if (gap != null) {
            line.append("; not watched from %s to %s (%s)"
                    .formatted(time(gap.getFrom()), time(gap.getTo()), gap.getReason()));
        }
        report.getOutages().forEach(outage -> line.append(text(outage)));
        return PlainText.line(line.toString());
    }

    private static String text(BrokerOutage outage) {
        return "; broker away from %s to %s, %d lost"
                .formatted(time(outage.getFrom()), time(outage.getTo()), outage.getLost());
    }

    private long lostInKernel() {
        return report.getKernel().stream()
                .mapToLong((KernelCounts counts) -> counts.getRingFull() + counts.getScratch())
                .sum();
    }

    private static long sum(Iterable<Long> counts) {
        long sum = 0;
        for (long count : counts) sum += count;
        return sum;
    }

    private static String time(long nanos) {
        return Instant.EPOCH.plusNanos(nanos).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
