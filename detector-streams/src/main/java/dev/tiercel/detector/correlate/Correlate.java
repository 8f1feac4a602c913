package dev.tiercel.detector.correlate;

import dev.tiercel.correlation.Budget;
import dev.tiercel.correlation.Grace;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.avro.MatchBatch;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/// Step on topic `matches`: evaluates correlations and folds alerts of rules with `suppress`, by key.
///
/// Input: key ignored, value MatchBatch. Output: what [Outcomes] makes. Its state is written before each commit, so
/// state, alerts and offsets are one transaction. No record stops the stream.
///
/// @param <V> values of what it forwards
public final class Correlate<V> implements ProcessorSupplier<byte[], byte[], String, V> {
    /// Name of the store, and last part of the name of its changelog.
    public static final String STORE = "correlations";

    private final PlansInForce plans;
    private final AvroSerde<MatchBatch> serde;
    private final Outcomes<V> outcomes;
    private final CorrelationMetrics metrics;
    private final Limits limits;
    private final RecentMatches recent = new RecentMatches();

    /// What a task may use, and how long it waits.
    ///
    /// @param decoded    bytes of decoded state on the heap, for each task
    /// @param budget     of each correlation, for each task
    /// @param commitInterval longest time that an alert waits for a commit to be asked for
    /// @param tasks      number of partitions of `matches`
    public record Limits(Grace grace, long decoded, Budget budget, Duration commitInterval, int tasks) {
        /// Those of the settings.
        public static Limits of(CorrelationConfig config, Duration commitInterval, int tasks) {
            return new Limits(config.graceBySource(), config.decoded(), config.budget(), commitInterval, tasks);
        }
    }

    public Correlate(
            PlansInForce plans,
            AvroSerde<MatchBatch> serde,
            Outcomes<V> outcomes,
            CorrelationMetrics metrics,
            Limits limits) {
        this.plans = plans;
        this.serde = serde;
        this.outcomes = outcomes;
        this.metrics = metrics;
        this.limits = limits;
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(new CorrelationStore.Builder(STORE));
    }

    @Override
    public Processor<byte[], byte[], String, V> get() {
        return new Correlating<>(plans, serde, outcomes, metrics, limits, recent);
    }
}
