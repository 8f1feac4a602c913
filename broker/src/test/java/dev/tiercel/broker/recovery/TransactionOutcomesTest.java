package dev.tiercel.broker.recovery;

import static org.apache.kafka.coordinator.transaction.TransactionState.COMPLETE_ABORT;
import static org.apache.kafka.coordinator.transaction.TransactionState.COMPLETE_COMMIT;
import static org.apache.kafka.coordinator.transaction.TransactionState.EMPTY;
import static org.apache.kafka.coordinator.transaction.TransactionState.ONGOING;
import static org.apache.kafka.coordinator.transaction.TransactionState.PREPARE_ABORT;
import static org.apache.kafka.coordinator.transaction.TransactionState.PREPARE_COMMIT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.coordinator.transaction.TransactionMetadata;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.apache.kafka.server.common.TransactionVersion;
import org.junit.jupiter.api.Test;

class TransactionOutcomesTest {
    private static final String ID = "id";
    private static final long PRODUCER = 9;
    private static final TopicPartition A = new TopicPartition("a", 0);
    private static final TopicPartition B = new TopicPartition("b", 0);

    private final TransactionOutcomes outcomes = new TransactionOutcomes();

    @Test
    void aCommittedTransactionIsCommitted() {
        commit();
        assertThat(outcomes.of(open(A, 4))).contains(new TransactionOutcome(true, (short) 5));
        assertThat(outcomes.isOngoing(open(A, 4))).isFalse();
    }

    @Test
    void laterTransactionsOfTheProducerDoNotMatter() {
        commit();
        change(EMPTY, 6);
        change(ONGOING, 6, A);
        change(PREPARE_ABORT, 7, A);
        change(COMPLETE_ABORT, 7);
        outcomes.accept(ID, null);
        assertThat(outcomes.of(open(A, 4))).contains(new TransactionOutcome(true, (short) 5));
        assertThat(outcomes.of(open(A, 6))).contains(new TransactionOutcome(false, (short) 7));
    }

    /// A new client of the same id aborts the old one's transaction; the epoch may rise by two.
    @Test
    void aFencedTransactionIsAborted() {
        change(ONGOING, 4, A);
        change(PREPARE_ABORT, 6, A);
        change(COMPLETE_ABORT, 6);
        assertThat(outcomes.of(open(A, 4))).contains(new TransactionOutcome(false, (short) 6));
    }

    @Test
    void hasNoOutcomeForAPartitionThatWasNotInTheTransaction() {
        commit();
        assertThat(outcomes.of(open(B, 4))).isEmpty();
    }

    @Test
    void anUnfinishedTransactionIsOngoingAndThenPrepared() {
        change(ONGOING, 4, A);
        assertThat(outcomes.isOngoing(open(A, 4))).isTrue();
        assertThat(outcomes.isPrepared(open(A, 4))).isFalse();
        change(PREPARE_COMMIT, 5, A);
        assertThat(outcomes.isPrepared(open(A, 4))).isTrue();
        assertThat(outcomes.isOngoing(open(A, 4))).isTrue();
        assertThat(outcomes.of(open(A, 4))).isEmpty();
    }

    /// A transactional id gets another producer id when the epochs of the first are exhausted.
    @Test
    void theCompletionMayCarryTheNextProducerId() {
        change(ONGOING, 32766, A);
        change(PREPARE_COMMIT, 32767, A);
        outcomes.accept(ID, state(COMPLETE_COMMIT, PRODUCER + 1, 0, TransactionVersion.TV_2));
        assertThat(outcomes.of(open(A, 32766))).contains(new TransactionOutcome(true, (short) 32767));
    }

    /// Without an epoch of its own, the open transaction may be this one or an earlier one.
    @Test
    void transactionsOfOldClientsHaveNoCertainOutcome() {
        for (TransactionState state : new TransactionState[] {ONGOING, PREPARE_COMMIT, COMPLETE_COMMIT}) {
            outcomes.accept(ID, state(state, PRODUCER, 4, TransactionVersion.TV_0, A));
        }
        outcomes.accept(ID, state(ONGOING, PRODUCER, 4, TransactionVersion.TV_0, A));
        outcomes.accept(ID, state(PREPARE_ABORT, PRODUCER, 5, TransactionVersion.TV_0, A));
        outcomes.accept(ID, state(COMPLETE_ABORT, PRODUCER, 5, TransactionVersion.TV_0));
        assertThat(outcomes.of(open(A, 4))).isEmpty();
    }

    @Test
    void gapsInTheLogLeaveTheOutcomeOpen() {
        change(ONGOING, 4, A);
        change(COMPLETE_COMMIT, 5);
        change(PREPARE_COMMIT, 7, A);
        change(COMPLETE_COMMIT, 7);
        assertThat(outcomes.of(open(A, 4))).isEmpty();
        assertThat(outcomes.of(open(A, 6))).isEmpty();
    }

    private void commit() {
        change(ONGOING, 4, A);
        change(PREPARE_COMMIT, 5, A);
        change(COMPLETE_COMMIT, 5);
    }

    private void change(TransactionState state, int epoch, TopicPartition... partitions) {
        outcomes.accept(ID, state(state, PRODUCER, epoch, TransactionVersion.TV_2, partitions));
    }

    private static TransactionMetadata state(
            TransactionState state,
            long producerId,
            int epoch,
            TransactionVersion version,
            TopicPartition... partitions) {
        short lastEpoch = (short) (epoch - 1);
        return new TransactionMetadata(
                ID, producerId, -1, -1, (short) epoch, lastEpoch, 60_000, state, Set.of(partitions), 0, 0, version);
    }

    private static OpenTransaction open(TopicPartition partition, int epoch) {
        return new OpenTransaction(partition, PRODUCER, (short) epoch, 0, 0);
    }
}
