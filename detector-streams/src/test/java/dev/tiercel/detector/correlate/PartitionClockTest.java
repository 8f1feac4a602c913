package dev.tiercel.detector.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PartitionClockTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final long NOW_NANOS = NOW * 1_000_000;

    private final PartitionClock clock = new PartitionClock();

    @Test
    void isTheLatestEventSoFar() {
        clock.judged(NOW_NANOS - 5, NOW);
        clock.judged(NOW_NANOS - 9, NOW);
        assertThat(clock.time()).isEqualTo(NOW_NANOS - 5);
    }

    @Test
    void anEventOfTheFutureDoesNotMakeAllOthersLate() {
        clock.judged(NOW_NANOS * 2, NOW);
        assertThat(clock.time()).isEqualTo(NOW_NANOS);
    }

    @Test
    void theTimeOfDayOfAnIdlePartitionCountsUnlessItIsEarlier() {
        clock.judged(NOW_NANOS - 5, NOW);
        clock.idle(0);
        clock.idle(NOW_NANOS - 7);
        assertThat(clock.time()).isEqualTo(NOW_NANOS - 5);
        clock.idle(NOW_NANOS);
        assertThat(clock.time()).isEqualTo(NOW_NANOS);
    }

    @Test
    void whatWasSaidIsNoNews() {
        assertThat(clock.news()).isFalse();
        assertThat(clock.sinceSaid(NOW)).isEqualTo(Long.MAX_VALUE);
        clock.judged(NOW_NANOS - 5, NOW);
        assertThat(clock.news()).isTrue();
        clock.said(NOW);
        assertThat(clock.news()).isFalse();
        assertThat(clock.sinceSaid(NOW + 900)).isEqualTo(900);
    }
}
