package dev.tiercel.collector.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.kevent.HeaderDecoder;
import dev.tiercel.kevent.KeventHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The contract of every [RecordSource]; a subclass opens one with at least three records.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class RecordSourceContract {
    private static final KeventHandler IGNORE = (data, offset, length) -> {};

    /// A new source; the caller closes it.
    abstract RecordSource open() throws Exception;

    @Test
    void drainsNoMoreThanTheLimit() throws Exception {
        try (RecordSource source = open()) {
            assertThat(drainUntil(source, 1)).isEqualTo(1);
            assertThat(drainUntil(source, 2)).isEqualTo(2);
        }
    }

    @Test
    void emitsValidRecordsAndCountsThem() throws Exception {
        try (RecordSource source = open()) {
            List<Integer> lengths = new ArrayList<>();
            HeaderDecoder header = new HeaderDecoder();
            while (lengths.size() < 3) {
                source.await(Duration.ofMillis(100));
                source.drain(
                        (data, offset, length) -> {
                            header.wrap(data, offset);
                            assertThat(header.length()).isEqualTo(length);
                            lengths.add(length);
                        },
                        3 - lengths.size());
            }
            assertThat(source.counters().emittedTotal()).isGreaterThanOrEqualTo(3);
            assertThat(source.counters().malformed()).isZero();
        }
    }

    @Test
    void describesItsOrigin() throws Exception {
        try (RecordSource source = open()) {
            assertThat(source.describe()).isNotBlank().doesNotContain("\n");
            assertThat(source.hostname()).isNotBlank();
            assertThat(source.bootTimeEpochNanos()).isBetween(0L, TimeUnit.MILLISECONDS.toNanos(now()));
        }
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    @Test
    void closeIsIdempotent() throws Exception {
        RecordSource source = open();
        source.close();
        source.close();
        assertThatThrownBy(() -> source.drain(IGNORE, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> source.await(Duration.ofMillis(1))).isInstanceOf(IllegalStateException.class);
    }

    private static int drainUntil(RecordSource source, int limit) {
        int drained = 0;
        while (drained == 0) {
            source.await(Duration.ofMillis(100));
            drained = source.drain(IGNORE, limit);
        }
        while (drained < limit) {
            source.await(Duration.ofMillis(100));
            drained += source.drain(IGNORE, limit - drained);
        }
        return drained;
    }
}
