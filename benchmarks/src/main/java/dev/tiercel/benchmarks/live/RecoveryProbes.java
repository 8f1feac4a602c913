package dev.tiercel.benchmarks.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.benchmarks.TopicConsumer;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/// Pairs of audit events that a correlation counts to two: the first of each long before, so that it is state when the
/// second one completes it; and their alerts, read as committed.
///
/// A round is one pair for each partition of `matches`, through as many partitions of events. Not thread-safe.
final class RecoveryProbes implements AutoCloseable {
    /// Of `matches`, and of the topic of events.
    static final int PARTITIONS = 6;

    private static final Duration POLL = Duration.ofMillis(5);

    private final String correlation;
    private final AvroSerde<SourceEvent> events;
    private final AvroSerde<Alert> alerts;
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private final Deque<Probe> opened = new ArrayDeque<>();
    private final Map<String, Probe> completed = new HashMap<>();
    private final Set<String> alerted = new HashSet<>();
    private final long[] byMatches = new long[PARTITIONS];
    private final long[] byEvents = new long[PARTITIONS];
    private long since = Long.MAX_VALUE;
    private int names;

    /// @param completed when its second event was sent, `System.nanoTime`
    private record Probe(String user, int matches, int events, long completed) {}

    RecoveryProbes(BrokerForCollect broker, String correlation) {
        this.correlation = correlation;
        events = AvroSerde.of(SourceEvent.class, broker.schemas(), Topics.EVENTS_K8S_AUDIT);
        alerts = AvroSerde.of(Alert.class, broker.schemas(), Topics.ALERTS);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = TopicConsumer.committed(Topics.ALERTS, Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    /// Sends the first events of so many rounds.
    void open(int rounds) {
        opened.clear();
        for (int round = 0; round < rounds; round++) {
            for (int matches = 0; matches < PARTITIONS; matches++) {
                Probe probe = new Probe(nameOn(matches), matches, (round + matches) % PARTITIONS, 0);
                send(probe);
                opened.add(probe);
            }
        }
    }

    private String nameOn(int partition) {
        while (true) {
            String name = "probe-" + names++;
            byte[] key = (correlation + '/' + name).getBytes(UTF_8);
            if (Utils.toPositive(Utils.murmur2(key)) % PARTITIONS == partition) return name;
        }
    }

    /// Sends the second events of the next round; none are left: nothing.
    void complete() {
        for (int i = 0; i < PARTITIONS && !opened.isEmpty(); i++) {
            Probe next = opened.remove();
            Probe probe = new Probe(next.user(), next.matches(), next.events(), System.nanoTime());
            completed.put(probe.user(), probe);
            send(probe);
        }
    }

    /// Completes a pair of each partition of events with each of `matches`; what was sent before them has been judged
    /// when their alerts are there.
    void settle(Duration limit) {
        for (int round = 0; round < PARTITIONS; round++) complete();
        awaitAll(limit);
    }

    /// Polls until every completed pair has its alert.
    ///
    /// @throws IllegalStateException if one has none within the limit
    void awaitAll(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!completed.isEmpty()) {
            poll();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("%d alerts are missing after %d s, such as that of %s"
                        .formatted(
                                completed.size(),
                                limit.toSeconds(),
                                completed.values().iterator().next()));
            }
        }
    }

    private void send(Probe probe) {
        String document = "{\"kind\":\"Event\",\"verb\":\"get\",\"requestURI\":\"/\",\"user\":{\"username\":\"%s\"}}"
                .formatted(probe.user());
        long time = Instant.EPOCH.until(Instant.now(), ChronoUnit.NANOS);
        SourceEvent event = new SourceEvent(
                probe.user() + '/' + probe.completed(),
                time,
                "k8s_audit",
                "prod",
                probe.user(),
                "get",
                ByteBuffer.wrap(document.getBytes(UTF_8)),
                time);
        byte[] key = ("prod/" + event.getId()).getBytes(UTF_8);
        var _ = producer.send(
                new ProducerRecord<>(Topics.EVENTS_K8S_AUDIT.name(), probe.events(), key, events.write(event)));
    }

    /// Forgets what has arrived: from now on counts what is completed from now on. Returns `System.nanoTime()`.
    long begin() {
        Arrays.fill(byMatches, 0);
        Arrays.fill(byEvents, 0);
        since = System.nanoTime();
        return since;
    }

    /// Takes the alerts that are there, after a few milliseconds at most.
    ///
    /// @throws IllegalStateException if there are two for a pair
    void poll() {
        for (var record : consumer.poll(POLL)) {
            long now = System.nanoTime();
            Alert alert = alerts.read(record.value());
            if (!alert.getRule().equals(correlation)) continue;
            String user = alert.getKey().getFirst();
            if (!alerted.add(user)) throw new IllegalStateException("two alerts for " + user);
            Probe probe = completed.remove(user);
            if (probe == null) throw new IllegalStateException("an alert without its second event: " + user);
            if (probe.completed() < since) continue;
            if (byMatches[probe.matches()] == 0) byMatches[probe.matches()] = now;
            if (byEvents[probe.events()] == 0) byEvents[probe.events()] = now;
        }
    }

    /// Whether alerts came through every partition of events and of `matches`.
    boolean everywhere() {
        return times().allMatch(time -> time > 0);
    }

    /// When the first alert came, `System.nanoTime`.
    long first() {
        return times().filter(time -> time > 0).min().orElseThrow();
    }

    /// When alerts had come through every partition.
    long last() {
        return times().max().orElseThrow();
    }

    private LongStream times() {
        return LongStream.concat(Arrays.stream(byMatches), Arrays.stream(byEvents));
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
