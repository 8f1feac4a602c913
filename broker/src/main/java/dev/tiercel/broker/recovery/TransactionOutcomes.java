package dev.tiercel.broker.recovery;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.coordinator.transaction.TransactionMetadata;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.jspecify.annotations.Nullable;

/// How transactions ended, derived from the records of the coordinator's log in order: a transaction that was ONGOING,
/// then PREPARE_COMMIT, then COMPLETE_COMMIT is committed, whatever its producer did afterwards.
///
/// Covers only transactions with a producer epoch of their own (transaction version 2, KIP-890). Older clients keep the
/// epoch from one transaction to the next, so it is impossible to tell which of them a partition's records belong to.
final class TransactionOutcomes {
    private final Map<String, Ongoing> ongoing = new HashMap<>();
    private final Map<ProducerEpoch, Ended> ended = new HashMap<>();

    private record ProducerEpoch(long producerId, short epoch) {}

    private record Ongoing(ProducerEpoch producer, @Nullable Prepared prepared) {}

    private record Prepared(TransactionState state, short epoch, Set<TopicPartition> partitions) {}

    private record Ended(TransactionOutcome outcome, Set<TopicPartition> partitions) {}

    /// Adds the next record of the log.
    ///
    /// @param state null if the coordinator has forgotten this id
    void accept(String transactionalId, @Nullable TransactionMetadata state) {
        Ongoing transaction = ongoing.remove(transactionalId);
        if (state == null) return;
        switch (state.state()) {
            case ONGOING -> begin(transactionalId, state);
            case PREPARE_COMMIT, PREPARE_ABORT -> {
                if (transaction != null) ongoing.put(transactionalId, prepare(transaction, state));
            }
            case COMPLETE_COMMIT -> complete(transaction, TransactionState.PREPARE_COMMIT);
            case COMPLETE_ABORT -> complete(transaction, TransactionState.PREPARE_ABORT);
            case EMPTY, DEAD, PREPARE_EPOCH_FENCE -> {}
        }
    }

    private void begin(String transactionalId, TransactionMetadata state) {
        if (!state.clientTransactionVersion().supportsEpochBump()) return;
        ongoing.put(transactionalId, new Ongoing(new ProducerEpoch(state.producerId(), state.producerEpoch()), null));
    }

    private static Ongoing prepare(Ongoing transaction, TransactionMetadata state) {
        return new Ongoing(
                transaction.producer(),
                new Prepared(state.state(), state.producerEpoch(), Set.copyOf(state.topicPartitions())));
    }

    private void complete(@Nullable Ongoing transaction, TransactionState expected) {
        if (transaction == null || transaction.prepared() == null) return;
        Prepared prepared = transaction.prepared();
        if (prepared.state() != expected
                || prepared.epoch() <= transaction.producer().epoch()) return;
        TransactionOutcome outcome =
                new TransactionOutcome(expected == TransactionState.PREPARE_COMMIT, prepared.epoch());
        ended.put(transaction.producer(), new Ended(outcome, prepared.partitions()));
    }

    /// The outcome of a transaction; empty if it has not ended, or if the log leaves doubt about how.
    Optional<TransactionOutcome> of(OpenTransaction open) {
        return Optional.ofNullable(ended.get(new ProducerEpoch(open.producerId(), open.producerEpoch())))
                .filter(transaction -> transaction.partitions().contains(open.partition()))
                .map(Ended::outcome);
    }

    /// Whether the transaction has not ended: its client or the coordinator has yet to end it.
    boolean isOngoing(OpenTransaction open) {
        return ongoing(open).findAny().isPresent();
    }

    /// Whether the outcome is decided and the coordinator is writing the markers.
    boolean isPrepared(OpenTransaction open) {
        return ongoing(open).anyMatch(transaction -> transaction.prepared() != null);
    }

    private Stream<Ongoing> ongoing(OpenTransaction open) {
        ProducerEpoch producer = new ProducerEpoch(open.producerId(), open.producerEpoch());
        return ongoing.values().stream()
                .filter(transaction -> transaction.producer().equals(producer));
    }
}
