package dev.tiercel.enricher.kubernetes;

import dev.tiercel.enricher.source.CommittedRecords;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.KubernetesObject;
import dev.tiercel.service.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The records of one cluster on `context.kubernetes`: a digest of each, so that only differences are written. Not
/// thread-safe.
final class ClusterTopic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterTopic.class);
    private static final String UNKNOWN = "unknown";
    private static final int DIGEST_BYTES = 16;

    private final String prefix;
    private final Map<String, String> kafka;
    private final AvroSerde<KubernetesObject> serde;

    /// By key: digest of the record; [#UNKNOWN]: what the topic has is not known.
    private final Map<String, String> written = new HashMap<>();

    private @Nullable Producer<byte[], byte[]> producer;

    /// @param kafka settings of Kafka's clients
    ClusterTopic(String cluster, Map<String, String> kafka, SchemaRegistry registry) {
        prefix = cluster + "/";
        this.kafka = Map.copyOf(kafka);
        serde = AvroSerde.of(KubernetesObject.class, registry, Topics.CONTEXT_KUBERNETES);
    }

    /// Reads what the topic has of this cluster, as the last watcher left it.
    ///
    /// @throws KafkaException if Kafka does not answer: to be called again
    /// @throws dev.tiercel.schemas.RegistryException the same for the registry
    void open() {
        serde.schemaId();
        written.clear();
        new CommittedRecords(kafka).all(Topics.CONTEXT_KUBERNETES.name(), record -> {
            String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            if (key.startsWith(prefix)) note(key, record.value());
        });
    }

    /// The keys that begin with `kind`, a kind's prefix.
    List<String> keys(String kind) {
        return written.keySet().stream().filter(key -> key.startsWith(kind)).toList();
    }

    int size() {
        return written.size();
    }

    /// Writes the differences.
    ///
    /// @param objects key to object; empty: it is gone
    /// @return how many were written
    /// @throws KafkaException if it is not known what was written: to be called again, with the same objects
    /// @throws dev.tiercel.schemas.RegistryException the same
    int write(Map<String, Optional<KubernetesObject>> objects) throws InterruptedException {
        Map<String, Future<?>> answers = new LinkedHashMap<>();
        List<Runnable> notes = new ArrayList<>();
        for (Map.Entry<String, Optional<KubernetesObject>> one : objects.entrySet()) {
            byte[] value = one.getValue().map(serde::write).orElse(null);
            if (isWritten(one.getKey(), value)) continue;
            written.put(one.getKey(), UNKNOWN);
            answers.put(one.getKey(), producer().send(record(one.getKey(), value)));
            notes.add(() -> note(one.getKey(), value));
        }
        for (Map.Entry<String, Future<?>> answer : answers.entrySet()) {
            await(answer.getKey(), answer.getValue());
        }
        notes.forEach(Runnable::run);
        return notes.size();
    }

    private static void await(String key, Future<?> answer) throws InterruptedException {
        try {
            answer.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RecordTooLargeException) {
                LOG.warn(
                        "{} is too long for {}: events of it lack its properties",
                        key,
                        Topics.CONTEXT_KUBERNETES.name());
            } else {
                throw failure.getCause() instanceof KafkaException kafka
                        ? kafka
                        : new KafkaException(failure.getCause());
            }
        }
    }

    private boolean isWritten(String key, byte @Nullable [] value) {
        String known = written.get(key);
        return value == null ? known == null : digest(value).equals(known);
    }

    private void note(String key, byte @Nullable [] value) {
        if (value == null) {
            written.remove(key);
        } else {
            written.put(key, digest(value));
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String key, byte @Nullable [] value) {
        return new ProducerRecord<>(Topics.CONTEXT_KUBERNETES.name(), key.getBytes(StandardCharsets.UTF_8), value);
    }

    private static String digest(byte[] value) {
        return HexFormat.of().formatHex(Sha256.digest().digest(value), 0, DIGEST_BYTES);
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> current = producer;
        if (current == null) {
            current = new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
            producer = current;
        }
        return current;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        settings.putAll(kafka);
        return settings;
    }

    @Override
    public void close() {
        Producer<byte[], byte[]> current = producer;
        producer = null;
        if (current != null) current.close(java.time.Duration.ofSeconds(5));
    }
}
