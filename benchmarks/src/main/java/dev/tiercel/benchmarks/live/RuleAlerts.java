package dev.tiercel.benchmarks.live;

import dev.tiercel.benchmarks.TopicConsumer;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The alerts of rules that one group of detectors after the other raises about the same events, committed ones only.
final class RuleAlerts implements AutoCloseable {
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Consumer<byte[], byte[]> consumer;
    private final AvroSerde<Alert> serde;
    private Set<String> expected = Set.of();

    RuleAlerts(BrokerForCollect broker) {
        consumer = TopicConsumer.committed(Topics.ALERTS, Map.of("bootstrap.servers", broker.bootstrapServers()));
        serde = AvroSerde.of(Alert.class, broker.schemas(), Topics.ALERTS);
    }

    /// Reads those of the next group until nothing has come for five seconds; returns how many.
    ///
    /// @throws IllegalStateException if one came twice, or they are not those of the group before
    int next() {
        Set<String> ids = new HashSet<>();
        long end = System.nanoTime() + LIMIT.toNanos();
        for (long heard = System.nanoTime(); System.nanoTime() - heard < QUIET.toNanos() && System.nanoTime() < end; ) {
            for (ConsumerRecord<byte[], byte[]> read : consumer.poll(Duration.ofMillis(100))) {
                heard = System.nanoTime();
                Alert alert = serde.read(read.value());
                if (alert.getSteps().isEmpty() && !ids.add(alert.getId())) {
                    throw new IllegalStateException("twice: " + alert);
                }
            }
        }
        if (!expected.isEmpty() && !ids.equals(expected)) {
            throw new IllegalStateException("%d alerts, not the same %d".formatted(ids.size(), expected.size()));
        }
        expected = ids;
        return ids.size();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
