package dev.tiercel.detector.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettledClocksTest {
    private static final long NOW = 1_700_000_000_000L;

    private final RecentMatches recent = new RecentMatches();
    private final SettledClocks clocks = new SettledClocks(recent);

    @Test
    void areSaidAtOnceAfterMatches() {
        recent.made(NOW);
        assertThat(clocks.due("a", 1, NOW + 59_999)).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void areSaidTogetherAndRarelyWithoutMatches() {
        assertThat(clocks.due("a", 1, NOW)).isEmpty();
        assertThat(clocks.due("b", 2, NOW + 5_000)).isEmpty();
        assertThat(clocks.due("a", 3, NOW + 29_999)).isEmpty();
        assertThat(clocks.due("a", 4, NOW + 30_000)).isEqualTo(Map.of("a", 4L, "b", 2L));
        assertThat(clocks.due("a", 5, NOW + 30_001)).isEmpty();
    }

    @Test
    void whatWasNotSaidGoesWithTheFirstAfterAMatch() {
        assertThat(clocks.due("a", 1, NOW)).isEmpty();
        recent.made(NOW + 1);
        assertThat(clocks.due("b", 2, NOW + 2)).isEqualTo(Map.of("a", 1L, "b", 2L));
    }
}
