package dev.tiercel.detector;

import dev.tiercel.detector.continuity.EventLog;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// What a test has piped into one partition, by offset, to be read again.
final class SentBatches implements EventLog {
    private final TreeMap<Long, byte[]> sent = new TreeMap<>();

    void add(byte[] batch) {
        sent.put((long) sent.size(), batch);
    }

    /// Forgets them, as a topic does in time.
    void clear() {
        sent.clear();
    }

    @Override
    public OptionalLong committed(TopicPartition at) {
        return OptionalLong.empty();
    }

    @Override
    public long read(TopicPartition at, long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        sent.subMap(from, to)
                .forEach((offset, value) ->
                        records.accept(new ConsumerRecord<>(at.topic(), at.partition(), offset, new byte[0], value)));
        return 0;
    }
}
