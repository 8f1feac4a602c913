package dev.tiercel.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void sorts() {
        Latencies latencies = new Latencies(List.of(3_000_000L, 1_000_000L, 2_000_000L));
        assertThat(latencies.millis(0)).isEqualTo(1);
        assertThat(latencies.millis(0.5)).isEqualTo(3);
        assertThat(latencies.millis(1)).isEqualTo(3);
    }

    @Test
    void hasQuantiles() {
        Latencies latencies = new Latencies(
                LongStream.range(0, 100).map(n -> n * 1_000_000).boxed().toList());
        assertThat(latencies.text()).isEqualTo("n=100  p50 50.0 ms  p90 90.0 ms  p99 99.0 ms  max 99.0 ms");
    }

    @Test
    void noneHasNoQuantile() {
        Latencies none = new Latencies(List.of());
        assertThat(none.millis(0.5)).isNaN();
        assertThat(none.text()).isEqualTo("nothing");
    }
}
