package dev.tiercel.sinks.delivery;

import dev.tiercel.service.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// What became of the alerts of one output: `consumed = delivered + undelivered + held + unwanted`, when nothing is
/// under way. Thread-safe.
final class DeliveryMetrics {
    final AtomicLong consumed;
    final AtomicLong delivered;
    final AtomicLong undelivered;
    final AtomicLong held;
    final AtomicLong unwanted;
    final AtomicLong retries;
    final AtomicLong summaries;
    private final Timer latency;

    DeliveryMetrics(Metrics metrics, String output) {
        consumed = counter(metrics, output, "consumed", "Alerts that were read for the output.");
        delivered = counter(metrics, output, "delivered", "Alerts that the output took.");
        undelivered =
                counter(metrics, output, "undelivered", "Alerts that were given up, and are on alerts.undelivered.");
        held = counter(metrics, output, "held", "Alerts that were held back, and counted in a summary.");
        unwanted = counter(metrics, output, "unwanted", "Alerts that no route gives to the output.");
        retries = counter(metrics, output, "retries", "Attempts that failed and were to be repeated.");
        summaries = counter(metrics, output, "summaries", "Summaries of held alerts that the output took.");
        latency = Timer.builder("sinks.latency")
                .description("From the alert's being on its topic to its arrival.")
                .tag("output", output)
                .publishPercentiles(0.5, 0.99)
                .register(metrics.registry());
    }

    private static AtomicLong counter(Metrics metrics, String output, String name, String doc) {
        AtomicLong value = new AtomicLong();
        metrics.counterOf("sinks." + name, doc, value::get, "output", output);
        return value;
    }

    void arrived(long published, long now) {
        latency.record(Duration.ofMillis(Math.max(0, now - published)));
    }
}
