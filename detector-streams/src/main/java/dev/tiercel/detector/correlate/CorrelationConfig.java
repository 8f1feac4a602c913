package dev.tiercel.detector.correlate;

import dev.tiercel.correlation.Grace;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Configuration of correlations.
///
/// @param grace   by event source: how much later than newer events one may arrive and still count
/// @param memory  bytes of cache and write buffers of all their stores
/// @param decoded bytes of decoded state on the heap, of each partition of `matches`
public record CorrelationConfig(Map<String, Duration> grace, long memory, long decoded) {
    public CorrelationConfig {
        grace = Map.copyOf(grace);
    }

    /// Reads `detector.grace.*` and `detector.correlations.*`.
    public static CorrelationConfig from(Settings settings) {
        Map<String, Duration> grace = new LinkedHashMap<>();
        for (String source : Topics.bySource().keySet()) {
            grace.put(
                    source,
                    settings.duration(
                            "detector.grace." + source.replace('_', '-'),
                            Grace.defaults().of(source),
                            "How much later than newer events an event of %s may arrive and still count in correlations."
                                    .formatted(source)));
        }
        return new CorrelationConfig(
                grace,
                settings.sizeBytes(
                        "detector.correlations.memory",
                        64L << 20,
                        "Memory of the stores of correlations, outside of the heap: caches, indexes, write buffers."),
                settings.sizeBytes(
                        "detector.correlations.decoded",
                        8L << 20,
                        "State of correlations that is kept decoded on the heap, for each partition of `matches`."));
    }

    /// Of each source.
    Grace graceBySource() {
        return Grace.of(grace);
    }
}
