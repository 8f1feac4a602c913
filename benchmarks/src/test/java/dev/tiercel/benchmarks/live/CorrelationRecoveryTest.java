package dev.tiercel.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The benchmark once, small: a detector that is killed and started again raises every alert, each once.
class CorrelationRecoveryTest {
    @Test
    void alertsAfterAKill() {
        assertThat(CorrelationRecovery.run("--mib", "1", "--cases", "restart", "--launcher", TestLauncher.line()))
                .isZero();
    }
}
