package dev.tiercel.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CollectorCountTest {
    @Test
    void readsMetrics() {
        String metrics = """
                # HELP tiercel_collector_drained_total Records drained
                # TYPE tiercel_collector_drained_total counter
                tiercel_collector_drained_total 3.14E7
                tiercel_collector_dropped_total 2.0
                tiercel_collector_lost_total 10.0
                """;
        assertThat(CollectorCount.parse(metrics, 5)).isEqualTo(new CollectorCount(5, 31_400_000, 10, 2));
    }

    @Test
    void namesWhatIsMissing() {
        assertThatThrownBy(() -> CollectorCount.parse("up 1\n", 0))
                .hasMessage("the metrics have no tiercel_collector_drained_total");
    }
}
