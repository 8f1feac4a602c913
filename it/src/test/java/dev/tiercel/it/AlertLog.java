package dev.tiercel.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/// The alerts of topic `alerts.json` as any consumer of Falco's alerts reads it: from the beginning, committed records
/// only.
final class AlertLog implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<String, String> consumer;
    private final List<Seen> seen = new ArrayList<>();

    /// An alert: its id, and Falco's JSON.
    record Seen(String id, JsonNode json) {
        String rule() {
            return json.path("rule").asText();
        }

        String field(String name) {
            JsonNode value = json.path("output_fields").path(name);
            if (value.isContainerNode()) return value.toString();
            return value.isNull() || value.isMissingNode() ? "<NA>" : value.asText();
        }
    }

    /// @param client settings of a Kafka client: address and security
    AlertLog(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor("alerts.json").stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /// Number of alerts read so far: a mark for later ones.
    int mark() {
        poll(Duration.ofMillis(50));
        return seen.size();
    }

    /// Waits for a matching alert after `mark`.
    Optional<Seen> await(int mark, Predicate<Seen> fits, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        for (int next = mark; ; ) {
            for (; next < seen.size(); next++) {
                if (fits.test(seen.get(next))) {
                    return Optional.of(seen.get(next));
                }
            }
            if (System.nanoTime() > end) {
                return Optional.empty();
            }
            poll(Duration.ofMillis(100));
        }
    }

    /// All alerts after `mark`.
    List<Seen> since(int mark) {
        return List.copyOf(seen.subList(mark, seen.size()));
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void poll(Duration patience) {
        for (ConsumerRecord<String, String> alert : consumer.poll(patience)) {
            try {
                seen.add(new Seen(alert.key(), JSON.readTree(alert.value())));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("not JSON: offset=" + alert.offset() + " value=" + alert.value(), e);
            }
        }
    }
}
