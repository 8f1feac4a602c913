package dev.tiercel.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

final class DistinctErrorsTest {
    private final DistinctErrors errors = new DistinctErrors(NOPLogger.NOP_LOGGER);

    @Test
    void logsEachDistinctFailureOnceAndCountsAll() {
        int logged = 0;
        for (int i = 0; i < 100; i++) {
            logged += errors.record("decoding", new IllegalStateException("number " + i)) ? 1 : 0;
            logged += errors.record("evaluating", new IllegalStateException("number " + i)) ? 1 : 0;
        }
        assertThat(logged).isEqualTo(2);
        assertThat(errors.distinct()).isEqualTo(2);
        assertThat(errors.total()).isEqualTo(200);
    }

    @Test
    void remembersABoundedNumberOfFailures() {
        for (int i = 0; i < 5_000; i++) {
            errors.record("context " + i, new IllegalStateException("x"));
        }
        assertThat(errors.distinct()).isEqualTo(1_001);
        assertThat(errors.total()).isEqualTo(5_000);
    }
}
