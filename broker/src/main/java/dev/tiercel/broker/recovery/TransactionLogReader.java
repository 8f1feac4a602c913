package dev.tiercel.broker.recovery;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.apache.kafka.coordinator.transaction.TransactionLog;

/// Reads the transaction coordinator's log, topic `__transaction_state`, from the beginning.
///
/// The topic is compacted, but never its last segment, so what happened shortly before a broker died is still there.
final class TransactionLogReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<ByteBuffer, ByteBuffer> log;
    private final TransactionOutcomes outcomes = new TransactionOutcomes();

    /// @param client settings of a Kafka client that may read it: address and security
    TransactionLogReader(Map<String, String> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "tiercel-broker");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        log = new KafkaConsumer<>(settings, new ByteBufferDeserializer(), new ByteBufferDeserializer());
        List<TopicPartition> partitions = log.partitionsFor(Topic.TRANSACTION_STATE_TOPIC_NAME).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        log.assign(partitions);
        log.seekToBeginning(partitions);
    }

    /// Reads from where the last call stopped to the current end. Returns the same object each time.
    ///
    /// @throws TimeoutException if it takes longer than `timeout`
    TransactionOutcomes read(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Map<TopicPartition, Long> ends = log.endOffsets(log.assignment());
        while (ends.entrySet().stream().anyMatch(end -> log.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > deadline) throw new TimeoutException("reading the transaction log");
            for (ConsumerRecord<ByteBuffer, ByteBuffer> change : log.poll(POLL)) accept(change);
        }
        return outcomes;
    }

    private void accept(ConsumerRecord<ByteBuffer, ByteBuffer> change) {
        switch (TransactionLog.read(change.key(), change.value())) {
            case TransactionLog.TxnRecord state -> outcomes.accept(state.transactionId(), state.metadata());
            case TransactionLog.TxnTombstone gone -> outcomes.accept(gone.transactionId(), null);
            default -> {} // a type of record that this version's coordinator does not know either
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
