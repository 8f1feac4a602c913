package dev.tiercel.detector.continuity;

import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// The topics of events and the detectors' progress on them, read beside the stream.
///
/// Methods throw Kafka's exceptions; a timeout is retried by Kafka Streams with the record at hand.
public interface EventLog {
    /// An application without progress: for topologies without brokers.
    EventLog NONE = new EventLog() {
        @Override
        public OptionalLong committed(TopicPartition at) {
            return OptionalLong.empty();
        }

        @Override
        public long read(TopicPartition at, long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> records) {
            return 0;
        }
    };

    /// The first offset that the application has not committed; empty: it has committed none.
    OptionalLong committed(TopicPartition at);

    /// Hands the records at offsets `from` to `to` (exclusive) that are still there to `records`, in order.
    ///
    /// @return how many of these offsets have expired
    long read(TopicPartition at, long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> records);

    /// Hands the records at these offsets that are still there to `records`, in order.
    default void read(TopicPartition at, SortedSet<Long> offsets, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        offsets.forEach(offset -> read(at, offset, offset + 1, records));
    }
}
