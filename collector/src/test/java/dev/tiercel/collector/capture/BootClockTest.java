package dev.tiercel.collector.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BootClockTest {
    private static final long EPOCH = 1_700_000_000_000_000_000L;
    private static final long SECOND = 1_000_000_000;

    private long nanos = 5 * SECOND;
    private long offset = EPOCH;
    /// What each reading of the wall clock takes.
    private long readingNanos = 100;

    private final BootClock clock = new BootClock(this::wall, () -> nanos, () -> nanos);

    private long wall() {
        nanos += readingNanos;
        return offset + nanos;
    }

    @Test
    void isTheSameNumberUntilTheClockIsSet() {
        long before = clock.bootTimeEpochNanos();
        assertThat(before).isBetween(EPOCH - 1000, EPOCH + 1000);
        for (int i = 0; i < 100; i++) {
            nanos += SECOND;
            readingNanos = 50L + i * 1_000L;
            offset += 10;
            assertThat(clock.bootTimeEpochNanos()).isEqualTo(before);
        }
    }

    @Test
    void followsAStepWithinASecond() {
        long before = clock.bootTimeEpochNanos();

        offset += 3_600 * SECOND;
        assertThat(clock.bootTimeEpochNanos()).isEqualTo(before);
        nanos += SECOND;
        assertThat(clock.bootTimeEpochNanos()).isBetween(EPOCH + 3_600 * SECOND - 1000, EPOCH + 3_600 * SECOND + 1000);

        offset -= 7_200 * SECOND;
        nanos += SECOND;
        assertThat(clock.bootTimeEpochNanos()).isBetween(EPOCH - 3_600 * SECOND - 1000, EPOCH - 3_600 * SECOND + 1000);
    }

    @Test
    void anInexactMeasurementIsNoStep() {
        long before = clock.bootTimeEpochNanos();
        readingNanos = 20_000_000;
        nanos += SECOND;

        assertThat(clock.bootTimeEpochNanos()).isEqualTo(before);
    }

    @Test
    void measuresThisMachine() {
        long now = System.currentTimeMillis() * 1_000_000;

        assertThat(BootClock.ofThisMachine().bootTimeEpochNanos()).isBetween(1_500_000_000L * SECOND, now);
    }
}
