package dev.tiercel.benchmarks.live;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// What a collector has counted since it started, from its metrics.
///
/// @param takenAt of [System#nanoTime]
/// @param drained records taken from the ring
/// @param lost records lost in the kernel, the ring being full
/// @param dropped records lost in the collector, its spool included
record CollectorCount(long takenAt, double drained, double lost, double dropped) {
    /// Reads it as soon as it changes: the collector writes it once a second. After two seconds it is taken as it is.
    ///
    /// @param metrics of the health server
    static CollectorCount fresh(URI metrics) throws IOException, InterruptedException {
        CollectorCount first = read(metrics);
        CollectorCount next = first;
        long end = first.takenAt + TimeUnit.SECONDS.toNanos(2);
        while (next.drained == first.drained && next.takenAt < end) {
            TimeUnit.MILLISECONDS.sleep(20);
            next = read(metrics);
        }
        return next;
    }

    private static CollectorCount read(URI metrics) throws IOException {
        try (InputStream in = metrics.toURL().openStream()) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), System.nanoTime());
        }
    }

    /// @param text in Prometheus' format
    static CollectorCount parse(String text, long takenAt) {
        return new CollectorCount(
                takenAt,
                value(text, "tiercel_collector_drained_total"),
                value(text, "tiercel_collector_lost_total"),
                value(text, "tiercel_collector_dropped_total"));
    }

    private static double value(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the metrics have no " + name));
    }
}
