package dev.tiercel.collector.publish;

import dev.tiercel.collector.batch.Batch;
import dev.tiercel.collector.store.Spool;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.DistinctErrors;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
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
/// A batch goes straight to the producer while that accepts and the broker acknowledges. Once [#IN_FLIGHT_BYTES] are
/// unacknowledged for a moment, the producer refuses, or the broker does not answer, batches go to the spool (those in
/// flight too, for a later run); once the broker answers they follow in order. The producer never gives a batch up: a
/// batch that timed out may have been written, and sending it again would repeat it. Without a spool, or while the disk
/// is full, [#offer] returns false when there is no room, so that the ring fills and the kernel counts the loss.
public final class KafkaPublisher implements BatchPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaPublisher.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final long FLUSH_STEP_NANOS = 1_000_000;
    private static final int IN_FLIGHT_BYTES = 4 << 20;
    private static final int READ_LIMIT = 64;
    private static final long PATIENCE_NANOS = 100_000_000;
    private static final long RETRY_NANOS = 1_000_000_000;

    private final String node;
    private final Producer<byte[], byte[]> producer;
    private final @Nullable Spool spool;
    private final DistinctErrors errors = new DistinctErrors(LOG);
    private final BrokerWatch watch = new BrokerWatch(System::nanoTime, () -> System.currentTimeMillis() * 1_000_000);
    private final AtomicInteger heartbeats = new AtomicInteger();
    private final Deque<Sent> inFlight = new ArrayDeque<>();
    private long inFlightBytes;
    private long events;
    private long failedEvents;
    private long batches;
    private long bytes;
    private long inheritedEvents;
    private long inheritedFailed;
    private boolean refused;
    private long refusedAt;
    private long fullSince;
    private boolean closed;

    /// Without a spool.
    ///
    /// @param kafka producer settings that override the defaults
    public KafkaPublisher(String node, Map<String, String> kafka) {
        this(node, kafka, null);
    }

    /// @param kafka producer settings that override the defaults
    /// @param spool holds batches while the broker is away; the publisher closes it
    public KafkaPublisher(String node, Map<String, String> kafka, @Nullable Spool spool) {
        this(
                node,
                new KafkaProducer<>(settings(node, kafka), new ByteArraySerializer(), new ByteArraySerializer()),
                spool);
    }

    KafkaPublisher(String node, Producer<byte[], byte[]> producer, @Nullable Spool spool) {
        this.node = node;
        this.producer = producer;
        this.spool = spool;
    }

    /// The producer's settings: the defaults, overridden by the user's.
    static Map<String, Object> settings(String node, Map<String, String> kafka) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("client.id", "tiercel-collector-" + node);
        settings.put("acks", "all");
        settings.put("enable.idempotence", "true");
        settings.put("compression.type", "lz4");
        settings.put("linger.ms", "0"); // a record is already a batch; those that wait for an answer share a request
        settings.put("batch.size", Integer.toString(512 * 1024));
        settings.put("max.in.flight.requests.per.connection", "1"); // KAFKA-15591: more can repeat and reorder
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
        settle();
        Spool onDisk = spool;
        if (onDisk == null) {
            return send(batch, Sent.forgotten(batch, watch::answered));
        }
        if (onDisk.hasUnread()) {
            return onDisk.append(batch);
        }
        boolean room = inFlightBytes + batch.value().length <= IN_FLIGHT_BYTES || inFlight.isEmpty();
        if (!room && soon()) {
            return false;
        }
        fullSince = room ? 0 : fullSince;
        if (room && !watch.away() && mayTry() && send(batch, Sent.kept(batch, watch::answered))) {
            return true;
        }
        keepInFlight(onDisk);
        return onDisk.append(batch);
    }

    /// A busy broker makes room within moments, for which the ring is enough; the disk would cost more.
    private boolean soon() {
        long now = System.nanoTime();
        fullSince = fullSince == 0 ? now : fullSince;
        return !watch.away() && now - fullSince < PATIENCE_NANOS;
    }

    /// Writes what is in flight to the spool, so that a later run sends it if this one dies. Nothing unread is there.
    private void keepInFlight(Spool onDisk) {
        for (Sent sent : inFlight) {
            if (!sent.done() && !sent.keepIn(onDisk)) {
                return;
            }
        }
    }

    private boolean send(Batch batch, Sent sent) {
        Future<RecordMetadata> _ =
                producer.send(record(Topics.EVENTS_SYSCALL, node + "/" + batch.lane(), batch.value()), sent);
        refused = !sent.accepted();
        if (refused) {
            refusedAt = System.nanoTime();
            watch.unreachable();
            Exception failure = sent.failure();
            if (failure != null) {
                errors.record("no room for a batch or no broker reachable; retrying until it is accepted", failure);
            }
            return false;
        }
        inFlight.add(sent);
        inFlightBytes += sent.sizeBytes();
        return true;
    }

    /// A refused batch has blocked for `max.block.ms`, so the next attempt waits a while; with a spool there is time.
    private boolean mayTry() {
        return !refused || System.nanoTime() - refusedAt >= RETRY_NANOS;
    }

    @Override
    public void poll() {
        settle();
        Spool onDisk = spool;
        if (onDisk == null) {
            return;
        }
        for (int i = 0; i < READ_LIMIT && mayRead() && sendNext(onDisk); i++) {}
        if (watch.away() && !onDisk.hasUnread()) {
            keepInFlight(onDisk);
        } else if (inFlight.isEmpty() && !onDisk.hasUnread()) {
            onDisk.settled();
        }
    }

    @Override
    public boolean hasUnsent() {
        return spool != null && spool.hasUnread();
    }

    /// While the broker is away, one refused batch a second asks for it; what is in flight is retried by the producer.
    private boolean mayRead() {
        return inFlight.isEmpty() ? mayTry() : !watch.away() && inFlightBytes < IN_FLIGHT_BYTES && mayTry();
    }

    private boolean sendNext(Spool onDisk) {
        Spool.Spooled next = onDisk.peek();
        if (next == null || !send(next.batch(), Sent.spooled(next, watch::answered))) {
            return false;
        }
        onDisk.advance();
        return true;
    }

    /// Counts what is done, in the order it was sent.
    private void settle() {
        for (Sent first = inFlight.peek(); first != null && first.done(); first = inFlight.peek()) {
            settleFirst(first);
        }
        watch.update(!inFlight.isEmpty() || heartbeats.get() > 0);
    }

    private void settleFirst(Sent first) {
        inFlight.remove();
        inFlightBytes -= first.sizeBytes();
        count(first);
        Spool.Position place = first.place();
        if (place != null && spool != null) {
            spool.acknowledged(place);
        }
    }

    private void count(Sent sent) {
        Exception failure = sent.failure();
        if (failure != null) {
            errors.record("publishing a batch", failure);
            failedEvents += sent.inherited() ? 0 : sent.events();
            inheritedFailed += sent.inherited() ? sent.events() : 0;
            return;
        }
        batches++;
        bytes += sent.sizeBytes();
        events += sent.inherited() ? 0 : sent.events();
        inheritedEvents += sent.inherited() ? sent.events() : 0;
    }

    @Override
    public void report(byte[] report) {
        if (watch.away() && heartbeats.get() > 0) {
            return; // one that waits is enough to notice the broker
        }
        heartbeats.incrementAndGet();
        Future<RecordMetadata> _ = producer.send(record(Topics.SENSORS, node, report), (metadata, failure) -> {
            heartbeats.decrementAndGet();
            if (failure == null) {
                watch.answered();
            } else {
                watch.unreachable();
                errors.record("sending a heartbeat", failure);
            }
        });
    }

    private static ProducerRecord<byte[], byte[]> record(Topic topic, String key, byte[] value) {
        return new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), value);
    }

    @Override
    public DeliveryCounts counts() {
        settle();
        return spool == null
                ? new DeliveryCounts(events, failedEvents, batches, bytes)
                : new DeliveryCounts(
                        events,
                        failedEvents,
                        batches,
                        bytes,
                        spool.losses().full(),
                        spool.losses().damaged(),
                        inheritedEvents,
                        inheritedFailed + spool.losses().inherited());
    }

    @Override
    public Waiting waiting() {
        long own = inFlight.stream()
                .filter(sent -> !sent.inherited())
                .mapToLong(Sent::events)
                .sum();
        if (spool == null) {
            return new Waiting(own, inFlightBytes, 0, 0);
        }
        long unread = spool.unread(false);
        return new Waiting(own + unread, inFlightBytes, unread + spool.unread(true), spool.bytes());
    }

    @Override
    public long awaySinceNanos() {
        return watch.awaySinceNanos();
    }

    @Override
    public void flush(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        poll();
        while (hasWork()
                && System.nanoTime() < deadline
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(FLUSH_STEP_NANOS);
            poll();
        }
    }

    private boolean hasWork() {
        boolean safe = watch.away() && spool != null && spool.failure().isEmpty();
        return !safe && (!inFlight.isEmpty() || (spool != null && spool.hasUnread()));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (spool == null) {
            producer.close(CLOSE_TIMEOUT);
            settle();
            return;
        }
        boolean away = watch.away();
        producer.close(away ? Duration.ZERO : CLOSE_TIMEOUT);
        leaveTheRest(spool);
        spool.close();
    }

    /// The producer fails what it could not deliver when it is closed: that is for the next run.
    private void leaveTheRest(Spool onDisk) {
        while (!inFlight.isEmpty() && inFlight.getFirst().acknowledged()) {
            settleFirst(inFlight.getFirst());
        }
        for (Sent sent : inFlight) {
            if (!sent.acknowledged() && !sent.keepIn(onDisk)) {
                failedEvents += sent.events();
            }
        }
    }
}
