package dev.tiercel.detector.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class RestorationTest {
    private static final TopicPartition ONE = new TopicPartition("changelog", 0);
    private static final TopicPartition OTHER = new TopicPartition("changelog", 1);
    private static final Duration CALM = Duration.ofMillis(1);

    private final Restoration restoration = new Restoration(InstantSource.fixed(Instant.EPOCH));

    @Test
    void waitsAsLongAsSomethingIsRestored() throws Exception {
        assertThat(restoration.await(settledAtLook(5, true), CALM)).isTrue();
    }

    @Test
    void givesUpWhenNothingIsRestored() throws Exception {
        assertThat(restoration.await(settledAtLook(5, false), CALM)).isFalse();
    }

    @Test
    void saysHowFarItIs() {
        assertThat(restoration.summary()).isEmpty();
        restoration.onRestoreStart(ONE, "correlations", 100, 300);
        restoration.onRestoreStart(OTHER, "correlations", 0, 200);
        restoration.onBatchRestored(ONE, "correlations", 199, 90);
        assertThat(restoration.summary())
                .isEqualTo("state of 2 partitions is being restored from its topic: 100 of 400 records, 25 %");
        restoration.onRestoreSuspended(ONE, "correlations", 90);
        restoration.onRestoreEnd(OTHER, "correlations", 200);
        assertThat(restoration.summary()).isEmpty();
    }

    /// Between two looks a batch is restored, or not.
    private CountDownLatch settledAtLook(int look, boolean restores) {
        return new CountDownLatch(1) {
            private int looks;

            @Override
            public boolean await(long timeout, TimeUnit unit) {
                if (restores) restoration.onBatchRestored(ONE, "correlations", looks, 1);
                return ++looks == look;
            }
        };
    }
}
