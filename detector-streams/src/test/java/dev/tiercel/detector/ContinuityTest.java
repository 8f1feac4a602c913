package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

final class ContinuityTest {
    @Test
    void denseOffsetsLeaveNothingOut() {
        Continuity continuity = new Continuity(committed(5));
        for (long offset = 5; offset < 8; offset++) {
            assertThat(continuity.judgedBefore(0, offset)).isFalse();
            assertThat(continuity.firstMissing(offset)).isEqualTo(offset);
            continuity.received(offset);
        }
    }

    @Test
    void theFirstRecordOfATaskMustBeWhereItCommitted() {
        Continuity continuity = new Continuity(committed(5));
        assertThat(continuity.judgedBefore(0, 9)).isFalse();
        assertThat(continuity.firstMissing(9)).isEqualTo(5);
    }

    @Test
    void aNewApplicationBeginsAnywhere() {
        Continuity continuity = new Continuity(EventLog.NONE);
        assertThat(continuity.judgedBefore(0, 9)).isFalse();
        assertThat(continuity.firstMissing(9)).isEqualTo(9);
    }

    @Test
    void aJumpIsSeenUntilItIsReceived() {
        Continuity continuity = new Continuity(committed(3));
        assertThat(continuity.judgedBefore(0, 3)).isFalse();
        continuity.received(3);
        assertThat(continuity.firstMissing(10)).isEqualTo(4);
        assertThat(continuity.firstMissing(10)).as("not yet judged").isEqualTo(4);
        continuity.received(10);
        assertThat(continuity.firstMissing(11)).isEqualTo(11);
    }

    @Test
    void whatWasCommittedBeforeTheTaskBeganIsNotJudgedAgain() {
        Continuity continuity = new Continuity(committed(100));
        assertThat(continuity.judgedBefore(0, 98)).isTrue();
        assertThat(continuity.judgedBefore(0, 99)).isTrue();
        assertThat(continuity.judgedBefore(0, 100)).isFalse();
        assertThat(continuity.firstMissing(100)).isEqualTo(100);
    }

    private static EventLog committed(long offset) {
        return new EventLog() {
            @Override
            public OptionalLong committed(int partition) {
                return OptionalLong.of(offset);
            }

            @Override
            public long read(int partition, long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> records) {
                throw new UnsupportedOperationException("nothing is read");
            }
        };
    }
}
