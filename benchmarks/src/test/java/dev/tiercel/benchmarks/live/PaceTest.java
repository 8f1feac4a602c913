package dev.tiercel.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1000 * MILLISECOND;

    @ParameterizedTest
    @ValueSource(longs = {1, 10, 999, 1_000, 20_000, 123_457})
    void keepsTheRateWhateverTheTicks(long perSecond) {
        Pace pace = new Pace(perSecond, 5);
        long done = 0;
        for (long now = 5; now <= 10 * SECOND + 5; now += 1_300_000) done += pace.due(now);
        assertThat(done).isBetween(10 * perSecond - 1 - perSecond / 500, 10 * perSecond);
    }

    @Test
    void saysWhenTheNextIsDue() {
        Pace pace = new Pace(10, 0);
        assertThat(pace.nanosLeft(0)).isEqualTo(100 * MILLISECOND);
        assertThat(pace.due(99 * MILLISECOND)).isZero();
        assertThat(pace.due(100 * MILLISECOND)).isOne();
        assertThat(pace.nanosLeft(130 * MILLISECOND)).isEqualTo(70 * MILLISECOND);
    }

    @Test
    void leavesOutWhatIsLate() {
        Pace pace = new Pace(1_000, 0);
        assertThat(pace.due(5 * SECOND)).isEqualTo(100);
        assertThat(pace.due(5 * SECOND + 10 * MILLISECOND)).isEqualTo(10);
    }

    @Test
    void zeroIsNever() {
        Pace pace = new Pace(0, 0);
        assertThat(pace.due(100 * SECOND)).isZero();
        assertThat(pace.nanosLeft(100 * SECOND)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void fastestIsAlwaysDue() {
        Pace pace = new Pace(Pace.FASTEST, 0);
        assertThat(pace.due(0)).isPositive();
        assertThat(pace.nanosLeft(0)).isZero();
    }
}
