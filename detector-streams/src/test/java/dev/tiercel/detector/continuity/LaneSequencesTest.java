package dev.tiercel.detector.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.BatchHeader;
import dev.tiercel.schemas.BatchWriter;
import org.junit.jupiter.api.Test;

final class LaneSequencesTest {
    private static final long LIFE = 1_000;

    private final LaneSequences sequences = new LaneSequences();

    @Test
    void consecutiveBatchesMissNothing() {
        assertThat(missing("a", 0, LIFE, 0)).isZero();
        assertThat(missing("a", 0, LIFE, 1)).isZero();
        assertThat(missing("a", 0, LIFE, 2)).isZero();
    }

    @Test
    void countsTheBatchesBetween() {
        assertThat(missing("a", 0, LIFE, 0)).isZero();
        assertThat(missing("a", 0, LIFE, 4)).isEqualTo(3);
        assertThat(missing("a", 0, LIFE, 5)).isZero();
    }

    @Test
    void lanesAndNodesAreCountedApart() {
        assertThat(missing("a", 0, LIFE, 0)).isZero();
        assertThat(missing("a", 1, LIFE, 7)).isZero();
        assertThat(missing("b", 0, LIFE, 9)).isZero();
        assertThat(missing("a", 1, LIFE, 8)).isZero();
        assertThat(missing("b", 0, LIFE, 11)).isEqualTo(1);
    }

    @Test
    void aNewLifeOfTheCollectorBeginsAtZero() {
        assertThat(missing("a", 0, LIFE, 8)).isZero();
        assertThat(missing("a", 0, LIFE + 1, 0)).isZero();
        assertThat(missing("a", 0, LIFE + 2, 2)).isEqualTo(2);
    }

    @Test
    void whatCameBeforeIsRepeated() {
        assertThat(missing("a", 0, LIFE, 8)).isZero();
        assertThat(missing("a", 0, LIFE, 8)).isNegative();
        assertThat(missing("a", 0, LIFE, 3)).isNegative();
        assertThat(missing("a", 0, LIFE - 1, 9)).isNegative();
        assertThat(missing("a", 0, LIFE, 9)).isZero();
    }

    @Test
    void afterALossOfUnknownBatchesEachLaneMayMissSome() {
        assertThat(missing("a", 0, LIFE, 8)).isZero();
        sequences.beginningLost();
        assertThat(missing("b", 0, LIFE, 5)).isPositive();
        assertThat(missing("b", 0, LIFE, 6)).isZero();
        assertThat(missing("c", 0, LIFE, 0)).isZero();
        assertThat(missing("a", 0, LIFE, 9)).isZero();
    }

    @Test
    void impossibleLanesAreNotFollowed() {
        assertThat(missing("a", -1, LIFE, 5)).isZero();
        assertThat(missing("a", Integer.MAX_VALUE, LIFE, 5)).isZero();
    }

    @Test
    void remembersABoundedNumberOfNodes() {
        assertThat(missing("first", 0, LIFE, 0)).isZero();
        for (int i = 0; i < 20_000; i++) {
            assertThat(missing("node-" + i, 0, LIFE, 0)).isZero();
        }
        assertThat(missing("first", 0, LIFE, 5)).as("forgotten").isZero();
        assertThat(missing("node-19999", 0, LIFE, 5)).isEqualTo(4);
    }

    private long missing(String node, int lane, long life, long number) {
        BatchWriter writer = new BatchWriter();
        writer.begin(new BatchHeader(node, lane, number, life, 0, 0));
        return sequences.missingBefore(new BatchCursor().wrap(writer.finish(0, 1)));
    }
}
