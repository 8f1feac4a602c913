package dev.tiercel.service;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/// The metrics of the process, as Prometheus text for `/metrics`.
///
/// Names are dotted (`detector.events`); Prometheus sees `detector_events_total`. Thread-safe.
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /// Micrometer holds the suppliers weakly, and would read 0 once one is garbage-collected.
    private final List<LongSupplier> read = new CopyOnWriteArrayList<>();

    /// Metrics without any meter.
    public Metrics() {}

    /// Metrics that include those of the JVM and the process.
    public static Metrics withJvm() {
        Metrics metrics = new Metrics();
        new JvmMemoryMetrics().bindTo(metrics.registry);
        new JvmThreadMetrics().bindTo(metrics.registry);
        new ProcessorMetrics().bindTo(metrics.registry);
        new UptimeMetrics().bindTo(metrics.registry);
        metrics.collections.bindTo(metrics.registry);
        return metrics;
    }

    /// The underlying registry, for timers and for third-party binders.
    public MeterRegistry registry() {
        return registry;
    }

    /// A counter for the caller to increment; the same name and tags give the same counter.
    ///
    /// @param tags name, value, name, value ...
    public Counter counter(String name, String doc, String... tags) {
        return Counter.builder(name).description(doc).tags(tags).register(registry);
    }

    /// A counter that is read from `value`, which must never decrease.
    public void counterOf(String name, String doc, LongSupplier value, String... tags) {
        read.add(value);
        FunctionCounter.builder(name, value, supplier -> supplier.getAsLong())
                .description(doc)
                .tags(tags)
                .register(registry);
    }

    /// A gauge that is read from `value`.
    public void gauge(String name, String doc, DoubleSupplier value, String... tags) {
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(doc)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /// Every meter in Prometheus text format 0.0.4.
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
