package dev.tiercel.detector.correlate;

import dev.tiercel.service.Metrics;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToLongFunction;

/// Gauges about the state of correlations: a row for each correlation in force and each source, never for a key.
final class LiveGauges {
    private static final double SECOND = 1e9;

    private final MultiGauge keys;
    private final MultiGauge bytes;
    private final MultiGauge lags;
    private final LiveTasks tasks;
    private final InstantSource now;

    private LiveGauges(Metrics metrics, LiveTasks tasks, InstantSource now) {
        this.tasks = tasks;
        this.now = now;
        keys = gauge(metrics, "keys", "Keys that have a state.");
        bytes = gauge(metrics, "state.bytes", "Bytes of these states.");
        lags = gauge(metrics, "watermark.lag", "How far the watermark of a source is behind the time of day, seconds.");
    }

    /// Registers those that have no row; the others have one for each name in [#rows].
    static LiveGauges register(Metrics metrics, LiveTasks tasks, InstantSource now) {
        metrics.gauge(
                "detector.correlations",
                "Correlations in force.",
                () -> tasks.totals().size());
        metrics.gauge(
                "detector.correlations.timers.behind",
                "How long timers of correlations have been due, seconds; 0: none is.",
                () -> tasks.totals().stream()
                                .mapToLong(LiveTasks.Total::behind)
                                .max()
                                .orElse(0)
                        / SECOND);
        metrics.gauge(
                "detector.correlations.quarantined",
                "Correlations that are left out since they went beyond a budget.",
                () -> tasks.totals().stream()
                        .filter(total -> total.quarantine() != null)
                        .count());
        return new LiveGauges(metrics, tasks, now);
    }

    private static MultiGauge gauge(Metrics metrics, String name, String description) {
        return MultiGauge.builder("detector.correlations." + name)
                .description(description)
                .register(metrics.registry());
    }

    /// Sets the correlations and sources that there are.
    void rows(List<String> correlations, List<String> sources) {
        keys.register(rows(correlations, LiveTasks.Total::keys), true);
        bytes.register(rows(correlations, LiveTasks.Total::bytes), true);
        lags.register(
                sources.stream()
                        .map(source -> MultiGauge.Row.of(Tags.of("source", source), () -> lag(source)))
                        .toList(),
                true);
    }

    private List<MultiGauge.Row<?>> rows(List<String> correlations, ToLongFunction<LiveTasks.Total> value) {
        return correlations.stream()
                .<MultiGauge.Row<?>>map(
                        name -> MultiGauge.Row.of(Tags.of("correlation", name), () -> value(name, value)))
                .toList();
    }

    private long value(String correlation, ToLongFunction<LiveTasks.Total> value) {
        LiveTasks.Total total = tasks.total(correlation);
        return total == null ? 0 : value.applyAsLong(total);
    }

    private double lag(String source) {
        Long watermark = tasks.watermarks().get(source);
        return watermark == null ? Double.NaN : LiveTasks.behind(watermark, now.instant()) / SECOND;
    }
}
