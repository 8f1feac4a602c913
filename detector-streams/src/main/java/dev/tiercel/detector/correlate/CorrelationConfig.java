package dev.tiercel.detector.correlate;

import dev.tiercel.correlation.Budget;
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
/// @param budget  of one correlation, for each partition of `matches`
public record CorrelationConfig(Map<String, Duration> grace, long memory, long decoded, Budget budget) {
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
                        "State of correlations that is kept decoded on the heap, for each partition of `matches`."),
                budget(settings));
    }

    private static Budget budget(Settings settings) {
        return new Budget(
                settings.integer(
                        "detector.correlations.budget.matches",
                        10_000,
                        0,
                        1_000_000_000,
                        "Matches a second of one correlation, for each partition of `matches`, beyond which it is left out; 0: any number."),
                settings.sizeBytes(
                        "detector.correlations.budget.state",
                        512L << 20,
                        "State of one correlation, for each partition of `matches`, beyond which it is left out; 0: any size."),
                settings.duration(
                                "detector.correlations.budget.time",
                                Duration.ofMillis(10),
                                "Mean time of a match of one correlation beyond which it is left out; 0s: any time.")
                        .toNanos(),
                settings.duration(
                        "detector.correlations.quarantine",
                        Duration.ofMinutes(10),
                        "How long a correlation is left out that went beyond a budget, in the time of events."));
    }

    /// Of each source.
    Grace graceBySource() {
        return Grace.of(grace);
    }
}
