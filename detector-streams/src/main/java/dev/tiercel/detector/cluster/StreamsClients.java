package dev.tiercel.detector.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.jspecify.annotations.Nullable;

/// The clients of Kafka Streams, as it makes them by itself, and a way to end a commit that does not return. Any thread
/// may use it.
///
/// A commit waits for brokers as long as the longest outage may last. Offsets of a topic that was deleted and created
/// again are never accepted: since KIP-1319 a producer commits them under the topic's id, and goes on trying with the
/// old one.
public final class StreamsClients implements KafkaClientSupplier {
    private final Queue<StreamsProducer> producers = new ConcurrentLinkedQueue<>();

    /// Ends the commits that are under way, and with each its stream thread, by an interrupt. What they wrote is never
    /// committed: who judges next aborts it.
    public void abandonCommits() {
        producers.forEach(StreamsProducer::abandonCommit);
    }

    /// A commit that waits for an answer goes on waiting even if its producer is closed, and a thread that is
    /// interrupted alone would wait again in the end, when it closes its producer.
    private static final class StreamsProducer extends KafkaProducer<byte[], byte[]> {
        private @Nullable Thread committing;

        StreamsProducer(Map<String, Object> config) {
            super(config, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public void sendOffsetsToTransaction(
                Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
            committing(Thread.currentThread());
            try {
                super.sendOffsetsToTransaction(offsets, group);
            } finally {
                committing(null);
            }
        }

        @Override
        public void commitTransaction() {
            committing(Thread.currentThread());
            try {
                super.commitTransaction();
            } finally {
                committing(null);
            }
        }

        private synchronized void committing(@Nullable Thread thread) {
            committing = thread;
        }

        synchronized void abandonCommit() {
            if (committing == null) return;
            close(Duration.ZERO);
            committing.interrupt();
        }
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        StreamsProducer producer = new StreamsProducer(config);
        producers.add(producer);
        return producer;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return getConsumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return getConsumer(config);
    }
}
