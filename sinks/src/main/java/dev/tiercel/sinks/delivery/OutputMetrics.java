package dev.tiercel.sinks.delivery;

import dev.tiercel.service.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What became of the alerts of each output of this process, whatever becomes of the output. Thread-safe.
public final class OutputMetrics {
    private final Metrics metrics;
    private final Map<String, DeliveryMetrics> outputs = new ConcurrentHashMap<>();

    /// Metrics without any output.
    public OutputMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    /// The same object for the same name.
    DeliveryMetrics of(String output) {
        return outputs.computeIfAbsent(output, name -> new DeliveryMetrics(metrics, name));
    }
}
