package dev.tiercel.testkit;

import dev.tiercel.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// A real broker, one per test JVM: started at first use in a temporary directory, stopped and deleted at the end.
///
/// Tests share it, so their topics and groups have [#unique(String)] names. Thread-safe.
public final class TestBroker {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final EmbeddedBroker broker;
    private final Admin admin;

    private TestBroker(EmbeddedBroker broker) {
        this.broker = broker;
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    /// The broker; the first call starts it (about 3 s).
    public static TestBroker shared() {
        return Holder.SHARED;
    }

    /// `127.0.0.1:port`.
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /// A shared admin client; do not close it.
    public Admin admin() {
        return admin;
    }

    /// A name that is unique in this JVM: `prefix-7`.
    public static String unique(String prefix) {
        return prefix + "-" + NAMES.incrementAndGet();
    }

    /// Creates a topic with a unique name and returns the name.
    public String createTopic(String prefix, int partitions) {
        String topic = unique(prefix);
        NewTopic wanted = new NewTopic(topic, partitions, (short) 1);
        get(admin.createTopics(List.of(wanted)).all(), "creating topic " + topic);
        return topic;
    }

    /// A producer of bytes with `acks=all`; `overrides` take precedence. The caller closes it.
    public Producer<byte[], byte[]> producer(Map<String, ?> overrides) {
        Map<String, Object> settings = settings(overrides);
        settings.putIfAbsent("acks", "all");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// Sends one record and waits for the acknowledgement.
    public void send(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        try (Producer<byte[], byte[]> producer = producer(Map.of())) {
            get(producer.send(new ProducerRecord<>(topic, key, value)), "sending to " + topic);
        }
    }

    /// A consumer of bytes that starts at the beginning and reads committed records only; `overrides` take precedence.
    /// The caller closes it.
    public Consumer<byte[], byte[]> consumer(Map<String, ?> overrides) {
        Map<String, Object> settings = settings(overrides);
        settings.putIfAbsent("auto.offset.reset", "earliest");
        settings.putIfAbsent("isolation.level", "read_committed");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// All records that are on the topic now and get committed, in partition and offset order; see [TopicRecords].
    public List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        return TopicRecords.committed(bootstrapServers(), topic);
    }

    /// The first records of the topic, at least `count`, in the order of arrival.
    ///
    /// @throws AssertionError if fewer have arrived within `limit`
    public List<ConsumerRecord<byte[], byte[]>> await(String topic, int count, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = assigned(topic)) {
            while (records.size() < count) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(
                            "topic " + topic + " had " + records.size() + " of " + count + " records after " + limit);
                }
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static void get(Future<?> future, String action) {
        try {
            future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + action, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(action, e);
        }
    }

    private Consumer<byte[], byte[]> assigned(String topic) {
        Consumer<byte[], byte[]> consumer = consumer(Map.of());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private Map<String, Object> settings(Map<String, ?> overrides) {
        Map<String, Object> settings = new HashMap<>(overrides);
        settings.putIfAbsent("bootstrap.servers", bootstrapServers());
        return settings;
    }

    private static final class Holder {
        static final TestBroker SHARED = start();

        private static TestBroker start() {
            try {
                Path folder = Files.createTempDirectory("tiercel-broker");
                TestBroker broker = new TestBroker(EmbeddedBroker.startInsecure(folder, 0));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> broker.stop(folder), "stop-test-broker"));
                return broker;
            } catch (IOException e) {
                throw new UncheckedIOException("temporary directory for the test broker", e);
            }
        }
    }

    private void stop(Path folder) {
        admin.close(Duration.ZERO);
        broker.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("removing " + folder, e);
        }
    }
}
