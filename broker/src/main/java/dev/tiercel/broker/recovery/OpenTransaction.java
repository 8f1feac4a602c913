package dev.tiercel.broker.recovery;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.common.TopicPartition;

/// A transaction that has records in a partition but no marker yet, as the partition's leader sees it.
///
/// @param producerEpoch epoch of its last record in the partition
/// @param coordinatorEpoch epoch of the producer's last marker in the partition, 0 if there was none
/// @param startOffset offset of its first record in the partition: read_committed consumers cannot get past it
record OpenTransaction(
        TopicPartition partition, long producerId, short producerEpoch, int coordinatorEpoch, long startOffset) {

    /// All transactions that are open in these partitions.
    static Set<OpenTransaction> of(Map<TopicPartition, PartitionProducerState> partitions) {
        return partitions.entrySet().stream()
                .flatMap(
                        partition -> of(partition.getKey(), partition.getValue().activeProducers()).stream())
                .collect(Collectors.toSet());
    }

    private static Set<OpenTransaction> of(TopicPartition partition, Collection<ProducerState> producers) {
        return producers.stream()
                .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                .map(producer -> new OpenTransaction(
                        partition,
                        producer.producerId(),
                        (short) producer.producerEpoch(),
                        Math.max(0, producer.coordinatorEpoch().orElse(0)),
                        producer.currentTransactionStartOffset().getAsLong()))
                .collect(Collectors.toSet());
    }
}
