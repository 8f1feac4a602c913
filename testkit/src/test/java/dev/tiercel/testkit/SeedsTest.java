package dev.tiercel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeedsTest {
    @Test
    void theSameSeedGivesTheSameNumbers() {
        assertThat(Seeds.random(7).nextLong()).isEqualTo(Seeds.random(7).nextLong());
        assertThat(Seeds.random(7).nextLong()).isNotEqualTo(Seeds.random(8).nextLong());
    }

    @Test
    void seedsAreFixed() {
        assertThat(Seeds.seeds(3)).containsExactly(1L, 2L, 3L);
    }
}
