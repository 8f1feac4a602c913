package dev.tiercel.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tiercel.benchmarks.live.ProcessSample.ThreadSample;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ProcessUseTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final long SECOND = 1_000_000_000L;

    private final ProcessSample before = sample(
            0,
            10 * SECOND,
            Map.of(
                    1, new ThreadSample("collector", 4 * SECOND, 100),
                    2, new ThreadSample("kafka-producer-", SECOND, 10),
                    3, new ThreadSample("C2 CompilerThre", 2 * SECOND, 5)));

    private static ProcessSample sample(long seconds, long cpuNanos, Map<Integer, ThreadSample> threads) {
        return new ProcessSample(seconds * SECOND, cpuNanos, 7_000_000, threads);
    }

    @Test
    void isTheDifferenceByTime() {
        ProcessSample after = sample(
                10,
                16 * SECOND,
                Map.of(
                        1, new ThreadSample("collector", 6 * SECOND, 300),
                        2, new ThreadSample("kafka-producer-", 5 * SECOND, 20),
                        3, new ThreadSample("C2 CompilerThre", 2 * SECOND, 5)));
        ProcessUse use =
                ProcessUse.between(before, after, Map.of(2, "kafka-producer-network-thread | tiercel-collector-a"));
        assertThat(use.cores(PipelinePart.COLLECTOR)).isCloseTo(0.6, EXACT);
        assertThat(use.wakeUps(PipelinePart.COLLECTOR)).isCloseTo(21, EXACT);
        assertThat(use.cores(PipelinePart.JVM)).isZero();
        assertThat(use.cores()).isCloseTo(0.6, EXACT);
        assertThat(use.residentBytes()).isEqualTo(7_000_000);
    }

    @Test
    void aNewThreadCountsFromZeroEvenWithAnOldId() {
        ProcessSample after = sample(
                1,
                13 * SECOND,
                Map.of(1, new ThreadSample("disk-space", 2 * SECOND, 6), 9, new ThreadSample("topics", SECOND, 4)));
        ProcessUse use = ProcessUse.between(before, after, Map.of(1, "collector"));
        assertThat(use.cores(PipelinePart.REST)).isCloseTo(3, EXACT);
        assertThat(use.wakeUps()).isCloseTo(10, EXACT);
        assertThat(use.ended()).isZero();
    }

    @Test
    void threadsThatEndedAreOther() {
        ProcessSample after = sample(2, 15 * SECOND, Map.of(1, new ThreadSample("collector", 5 * SECOND, 100)));
        ProcessUse use = ProcessUse.between(before, after, Map.of());
        assertThat(use.ended()).isCloseTo(2, EXACT);
        assertThat(use.cores(PipelinePart.OTHER)).isCloseTo(2, EXACT);
        assertThat(use.cores()).isCloseTo(2.5, EXACT);
    }

    @Test
    void roundingIsNoThreadThatEnded() {
        ProcessSample after = sample(
                1, 11 * SECOND + 3 * ProcessSample.TICK_NANOS, Map.of(1, new ThreadSample("collector", 5 * SECOND, 0)));
        assertThat(ProcessUse.between(before, after, Map.of()).ended()).isZero();
    }

    @Test
    void thePartsAreTheWhole() {
        ProcessSample after = sample(
                3,
                20 * SECOND,
                Map.of(1, new ThreadSample("nobody's", 5 * SECOND, 0), 3, new ThreadSample("VM Thread", SECOND, 0)));
        ProcessUse use = ProcessUse.between(before, after, Map.of());
        DoubleStream parts = Stream.of(PipelinePart.values()).mapToDouble(use::cores);
        assertThat(parts.sum()).isCloseTo(use.cores(), EXACT);
    }
}
