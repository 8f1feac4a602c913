package dev.tiercel.detector.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class IdlePartitionsTest {
    private static final TopicPartition QUIET = new TopicPartition("events.okta", 0);
    private static final TopicPartition BUSY = new TopicPartition("events.okta", 1);
    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);

    private final IdlePartitions idle = new IdlePartitions();

    private void answer(int second) {
        idle.measured(START.plusSeconds(second), Map.of(QUIET, 0L, BUSY, 7L));
    }

    @Test
    void knowsNothingBeforeTheBrokersAnswer() {
        assertThat(idle.partitions("events.okta")).isZero();
        assertThat(idle.idleAt(QUIET)).isZero();
    }

    @Test
    void theTimeOfDayCountsOnceTheBrokersHaveAnsweredForAWhile() {
        answer(0);
        answer(29);
        assertThat(idle.partitions("events.okta")).isEqualTo(2);
        assertThat(idle.idleAt(QUIET)).isZero();
        answer(30);
        assertThat(idle.idleAt(QUIET)).isEqualTo(1_700_000_030_000_000_000L);
        assertThat(idle.idleAt(BUSY)).isZero();
    }

    @Test
    void anOutageBeginsTheWaitAgain() {
        answer(0);
        answer(40);
        idle.away();
        assertThat(idle.idleAt(QUIET)).isZero();
        assertThat(idle.partitions("events.okta")).isEqualTo(2);
        answer(60);
        answer(80);
        assertThat(idle.idleAt(QUIET)).isZero();
        answer(90);
        assertThat(idle.idleAt(QUIET)).isPositive();
    }
}
