package dev.tiercel.collector.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BrokerWatchTest {
    private static final long LIMIT = BrokerWatch.LIMIT.toNanos();

    private long now = 5;
    private final BrokerWatch watch = new BrokerWatch(() -> now, () -> 1_000_000 * LIMIT + now);

    @Test
    void isAwayOnceSomethingHasWaitedTooLong() {
        watch.update(true);
        now += LIMIT - 1;
        watch.update(true);
        assertThat(watch.away()).isFalse();
        now++;
        watch.update(true);
        assertThat(watch.away()).isTrue();
        assertThat(watch.awaySinceNanos()).isEqualTo(1_000_000 * LIMIT + 5);
        now += LIMIT;
        watch.update(true);
        assertThat(watch.awaySinceNanos()).isEqualTo(1_000_000 * LIMIT + 5);
    }

    @Test
    void anyAnswerEndsItAndStartsTheNextWait() {
        watch.update(true);
        now += LIMIT;
        watch.update(true);
        watch.answered();
        watch.update(true);
        assertThat(watch.away()).isFalse();
        now += LIMIT;
        watch.update(true);
        assertThat(watch.away()).isTrue();
    }

    @Test
    void aSlowBrokerThatAnswersIsThere() {
        for (int i = 0; i < 10; i++) {
            watch.update(true);
            now += LIMIT - 1;
            watch.answered();
            watch.update(true);
            assertThat(watch.away()).isFalse();
        }
    }

    @Test
    void whatTheProducerDidNotTakeWaitsTooUntilAnAnswer() {
        watch.unreachable();
        watch.update(false);
        now += LIMIT;
        watch.update(false);
        assertThat(watch.away()).isTrue();
        watch.answered();
        watch.update(false);
        now += LIMIT;
        watch.update(false);
        assertThat(watch.away()).isFalse();
    }

    @Test
    void whoAsksForNothingMissesNothing() {
        watch.update(false);
        now += 10 * LIMIT;
        watch.update(false);
        watch.update(true);
        assertThat(watch.away()).isFalse();
    }
}
