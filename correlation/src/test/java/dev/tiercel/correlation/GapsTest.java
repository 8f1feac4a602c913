package dev.tiercel.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.correlation.state.StateStore;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.correlation.types.Bounds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class GapsTest {
    private static final String SOURCE = "s";

    private final Gaps gaps = new Gaps();

    /// Counts what is written.
    private static final class Written implements StateStore {
        private int puts;

        @Override
        public byte @Nullable [] get(byte[] key) {
            return null;
        }

        @Override
        public void put(byte[] key, byte @Nullable [] value) {
            puts++;
        }

        @Override
        public void range(byte[] from, byte[] to, Visitor visitor) {}
    }

    @Test
    void aSourceIsWrittenOnceHoweverOftenItChanged() {
        for (int i = 0; i < 1_000; i++) gaps.add(SOURCE, i, i + 1);
        Written written = new Written();
        gaps.save(written, new StateWriter());
        gaps.save(written, new StateWriter());
        assertThat(written.puts).isOne();
    }

    @Test
    void ofTooManyThoseThatLieClosestTogetherBecomeOne() {
        gaps.add(SOURCE, 10, 11);
        gaps.add(SOURCE, 1_000, 1_001);
        for (int i = 1; i < Bounds.GAPS; i++) gaps.add(SOURCE, i * 1_000_000L, i * 1_000_000L + 1);
        assertThat(gaps.isIn(SOURCE, 500, 500)).as("the closest").isTrue();
        assertThat(gaps.isIn(SOURCE, 2_000, 999_999)).isFalse();
        assertThat(gaps.isIn(SOURCE, 1_000_002, 1_999_999)).isFalse();
    }

    @Test
    void thoseThatReachIntoASpanAreVisited() {
        gaps.add(SOURCE, 10, 20);
        gaps.add(SOURCE, 30, 40);
        gaps.add("other", 35, 36);
        List<Long> seen = new ArrayList<>();
        gaps.visit(SOURCE, 20, 29, (from, to) -> seen.addAll(List.of(from, to)));
        assertThat(seen).containsExactly(10L, 20L);
    }

    @Test
    void thoseOfSourcesThatAreNotWantedAreForgotten() {
        gaps.add(SOURCE, 10, 20);
        gaps.add("other", 10, 20);
        gaps.retain(SOURCE::equals);
        assertThat(gaps.isIn(SOURCE, 15, 15)).isTrue();
        assertThat(gaps.isIn("other", 15, 15)).isFalse();
    }
}
