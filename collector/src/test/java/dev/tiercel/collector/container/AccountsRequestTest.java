package dev.tiercel.collector.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountsRequestTest {
    private static final long SECOND = 1_000_000_000L;

    private final AccountsRequest request = new AccountsRequest();

    @Test
    void readsAgainByTheLastProcessSeenMeanwhile() {
        assertThat(request.due(41, false, 0)).isTrue();
        request.started(0);
        assertThat(request.due(42, false, 1)).isFalse();
        assertThat(request.due(43, false, 2)).isFalse();

        assertThat(request.ended(false)).isEqualTo(43);
        request.started(3);
        assertThat(request.ended(false)).isZero();
        assertThat(request.due(44, false, 4)).isTrue();
    }

    @Test
    void onceReadItIsDueAfterAnInterval() {
        request.started(0);
        assertThat(request.ended(true)).isZero();

        assertThat(request.due(42, true, 30 * SECOND - 1)).isFalse();
        assertThat(request.due(42, true, 30 * SECOND)).isTrue();
    }

    @Test
    void whatCannotBeReadIsTriedAtEveryRecordForTenSeconds() {
        request.started(0);
        request.ended(false);
        assertThat(request.due(42, true, 10 * SECOND - 1)).isTrue();
        request.started(10 * SECOND - 1);
        request.ended(false);

        assertThat(request.due(42, true, 10 * SECOND)).isFalse();
        assertThat(request.due(42, true, 40 * SECOND)).isTrue();
    }

    @Test
    void isAwaitedOnlyForANameAndForASecondInAll() {
        assertThat(request.due(42, false, 0)).isTrue();
        request.started(0);
        assertThat(request.awaited(1)).isFalse();

        assertThat(request.due(42, true, 2)).isFalse();
        assertThat(request.awaited(SECOND + 1)).isTrue();
        assertThat(request.awaited(SECOND + 2)).isFalse();
        request.ended(false);
        request.started(SECOND + 3);
        assertThat(request.awaited(SECOND + 4)).isFalse();
    }
}
