package dev.tiercel.collector.publish;

import dev.tiercel.collector.batch.Batch;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.DistinctErrors;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes through an idempotent Kafka producer with `acks=all`.
///
/// While no broker is reachable the producer keeps what it has, without a time limit, up to its `buffer.memory`; then
/// [#offer] returns false, so that the ring fills and the kernel counts the loss. A batch fails only if the broker
/// refuses it or the producer is closed.
public final class KafkaPublisher implements BatchPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaPublisher.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final long FLUSH_STEP_NANOS = 1_000_000;

    private final String node;
    private final Producer<byte[], byte[]> producer;
    private final DistinctErrors errors = new DistinctErrors(LOG);
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong failedEvents = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    /// @param kafka producer settings that override the defaults
    public KafkaPublisher(String node, Map<String, String> kafka) {
        this(node, new KafkaProducer<>(settings(node, kafka), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    KafkaPublisher(String node, Producer<byte[], byte[]> producer) {
        this.node = node;
        this.producer = producer;
    }

    /// The producer's settings: the defaults, overridden by the user's.
    static Map<String, Object> settings(String node, Map<String, String> kafka) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("client.id", "tiercel-collector-" + node);
        settings.put("acks", "all");
        settings.put("enable.idempotence", "true");
        settings.put("compression.type", "lz4");
        settings.put("linger.ms", "0"); // a record is already a batch
        settings.put("batch.size", Integer.toString(128 * 1024));
        settings.put("buffer.memory", Integer.toString(16 * 1024 * 1024));
        settings.put("max.block.ms", "100"); // bounds how long offer blocks
        settings.put("delivery.timeout.ms", Integer.toString(Integer.MAX_VALUE));
        settings.putAll(kafka);
        return settings;
    }

    /// Waits for the metadata of both topics, so that the first batch is not refused for want of it. After a timeout
    /// publishing works as while no broker is reachable.
    ///
    /// @param atMost exceeded by up to one `max.block.ms`
    public void awaitTopics(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (Topic topic : List.of(Topics.EVENTS_SYSCALL, Topics.SENSORS)) {
            while (!hasMetadata(topic.name()) && System.nanoTime() < deadline) {
                LOG.debug("waiting for metadata of topic {}", topic.name());
            }
        }
    }

    private boolean hasMetadata(String topic) {
        try {
            return !producer.partitionsFor(topic).isEmpty(); // waits up to max.block.ms
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Override
    public boolean offer(Batch batch) {
        BatchCallback callback = new BatchCallback(batch.events(), batch.value().length);
        taken.addAndGet(batch.events());
        ProducerRecord<byte[], byte[]> record = record(Topics.EVENTS_SYSCALL, node + "/" + batch.lane(), batch.value());
        Future<RecordMetadata> _ = producer.send(record, callback);
        boolean accepted = callback.acceptedBySend();
        if (!accepted) {
            taken.addAndGet(-batch.events());
        }
        return accepted;
    }

    @Override
    public void report(byte[] report) {
        Future<RecordMetadata> _ = producer.send(record(Topics.SENSORS, node, report), (metadata, failure) -> {
            if (failure != null) {
                errors.record("sending a heartbeat", failure);
            }
        });
    }

    private static ProducerRecord<byte[], byte[]> record(Topic topic, String key, byte[] value) {
        return new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), value);
    }

    @Override
    public DeliveryCounts counts() {
        return new DeliveryCounts(events.get(), failedEvents.get(), batches.get(), bytes.get());
    }

    @Override
    public void flush(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (taken.get() > events.get() + failedEvents.get()
                && System.nanoTime() < deadline
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(FLUSH_STEP_NANOS);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }

    /// Counts the outcome of one batch. If there is no room or metadata, the callback runs within `send`, on its
    /// thread.
    private final class BatchCallback implements Callback {
        private final int eventCount;
        private final int sizeBytes;
        private boolean inSend = true;
        private boolean refused;

        BatchCallback(int eventCount, int sizeBytes) {
            this.eventCount = eventCount;
            this.sizeBytes = sizeBytes;
        }

        @Override
        public synchronized void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure == null) {
                batches.incrementAndGet();
                bytes.addAndGet(sizeBytes);
                events.addAndGet(eventCount);
            } else if (inSend && failure instanceof TimeoutException) {
                refused = true;
                errors.record("no room for a batch or no broker reachable; retrying until it is accepted", failure);
            } else {
                errors.record("publishing a batch", failure);
                failedEvents.addAndGet(eventCount);
            }
        }

        synchronized boolean acceptedBySend() {
            inSend = false;
            return !refused;
        }
    }
}
