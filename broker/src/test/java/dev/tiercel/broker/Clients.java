package dev.tiercel.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Kafka clients for tests.
public final class Clients {
    private Clients() {}

    public static Admin admin(String bootstrapServers) {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    public static void createTopic(String bootstrapServers, String topic, int partitions) throws Exception {
        try (Admin admin = admin(bootstrapServers)) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    /// A transactional producer, ready to begin a transaction.
    public static Producer<String, String> producer(String bootstrapServers, String transactionalId) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "transactional.id", transactionalId);
        var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    /// Sends a record and waits for the acknowledgement.
    public static void send(Producer<String, String> producer, TopicPartition partition, String value)
            throws Exception {
        producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), null, value))
                .get();
    }

    /// The group metadata of a consumer without partitions.
    public static ConsumerGroupMetadata group(String bootstrapServers, String group) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "group.id", group);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            return consumer.groupMetadata();
        }
    }

    /// Reads committed records up to the end of a partition, waiting for `count` of them.
    public static List<String> committed(String bootstrapServers, TopicPartition partition, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            long end =
                    consumer.endOffsets(List.of(partition)).values().iterator().next();
            List<String> values = new ArrayList<>();
            while (values.size() < count || consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
