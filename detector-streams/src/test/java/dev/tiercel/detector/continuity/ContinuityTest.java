package dev.tiercel.detector.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class ContinuityTest {
    private static final TopicPartition AT = new TopicPartition("events.syscall", 0);

    @Test
    void denseOffsetsLeaveNothingOut() {
        Continuity continuity = new Continuity(committed(5), true);
        for (long offset = 5; offset < 8; offset++) {
            assertThat(continuity.firstMissing(AT, offset)).isEqualTo(offset);
            continuity.received(offset);
        }
    }

    @Test
    void theFirstRecordOfATaskMustBeWhereItCommitted() {
        assertThat(new Continuity(committed(5), true).firstMissing(AT, 9)).isEqualTo(5);
    }

    @Test
    void aNewApplicationBeginsAnywhere() {
        assertThat(new Continuity(EventLog.NONE, true).firstMissing(AT, 9)).isEqualTo(9);
    }

    @Test
    void aJumpIsSeenOnceItIsReceived() {
        Continuity continuity = new Continuity(committed(0), true);
        continuity.received(3);
        assertThat(continuity.firstMissing(AT, 10)).isEqualTo(4);
        assertThat(continuity.firstMissing(AT, 10)).as("not yet judged").isEqualTo(4);
        continuity.received(10);
        assertThat(continuity.firstMissing(AT, 11)).isEqualTo(11);
    }

    @Test
    void goingBackIsANewBeginning() {
        Continuity continuity = new Continuity(committed(100), true);
        assertThat(continuity.firstMissing(AT, 40)).isEqualTo(40);
        continuity.received(40);
        assertThat(continuity.firstMissing(AT, 41)).isEqualTo(41);
    }

    @Test
    void whereTransactionsEndOnlyTheFirstRecordIsCompared() {
        Continuity continuity = new Continuity(committed(5), false);
        assertThat(continuity.firstMissing(AT, 9)).isEqualTo(5);
        continuity.received(9);
        assertThat(continuity.firstMissing(AT, 11)).isEqualTo(11);
    }

    private static EventLog committed(long offset) {
        return new EventLog() {
            @Override
            public OptionalLong committed(TopicPartition at) {
                return OptionalLong.of(offset);
            }

            @Override
            public long read(TopicPartition at, long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> records) {
                throw new UnsupportedOperationException("nothing is read");
            }
        };
    }
}
