package dev.tiercel.benchmarks;

import dev.tiercel.service.Metrics;
import io.micrometer.core.instrument.Measurement;
import java.util.stream.StreamSupport;

/// What the meters of one name come to, whatever their tags.
final class MeterSums {
    private MeterSums() {}

    /// The sum of all measurements of all meters called `name`; 0: there is none.
    static double sum(Metrics metrics, String name) {
        return metrics.registry().find(name).meters().stream()
                .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
                .mapToDouble(Measurement::getValue)
                .sum();
    }
}
