package dev.tiercel.registry;

import dev.tiercel.schemas.Compatibility;
import dev.tiercel.schemas.RegisteredSchema;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.RegistryException.Reason;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// A registry inside the process, stored on the compacted topic `_schemas`: no server, and ids survive restarts.
///
/// Any number of processes may open it on the same brokers. Writers take turns by sharing one transactional id: the
/// broker fences a writer that has not seen the latest write; it then reads that and retries, so no id is assigned
/// twice. Readers catch up with the topic for every request that they cannot serve or whose result may have changed.
public final class EmbeddedRegistry implements SchemaRegistry {

    private static final String WRITER = "tiercel-schema-registry";
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int ATTEMPTS = 50;

    /// A broker answers the requests of a connection one after the other: while a fetch waits for records, which there
    /// rarely are, the question where the topic ends waits too.
    private static final int FETCH_WAIT_MILLIS = 10;

    private final TopicPartition log;
    private final Map<String, Object> client;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RegistryState state = new RegistryState();
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    private EmbeddedRegistry(Map<String, ?> client, String topic) {
        log = new TopicPartition(topic, 0);
        this.client = new HashMap<>(client);
        Map<String, Object> configs = new HashMap<>(client);
        configs.put("isolation.level", "read_committed");
        configs.put("enable.auto.commit", false);
        configs.put("auto.offset.reset", "earliest");
        configs.put("allow.auto.create.topics", false);
        configs.put("fetch.max.wait.ms", FETCH_WAIT_MILLIS);
        configs.remove("group.id");
        consumer = new KafkaConsumer<>(configs, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// Opens the registry and reads it. `client` is Kafka client configuration: `bootstrap.servers` and security.
    ///
    /// @throws RegistryException UNAVAILABLE if the brokers or the topic cannot be reached; [Topics#create]
    /// creates the topic
    public static EmbeddedRegistry open(Map<String, ?> client) {
        return open(client, Topics.SCHEMAS.name());
    }

    static EmbeddedRegistry open(Map<String, ?> client, String topic) {
        EmbeddedRegistry registry = new EmbeddedRegistry(client, topic);
        try {
            registry.load();
            return registry;
        } catch (RuntimeException e) {
            registry.close();
            throw e;
        }
    }

    private synchronized void load() {
        withBrokers(() -> {
            if (consumer.partitionsFor(log.topic()).isEmpty()) {
                throw new RegistryException(Reason.UNAVAILABLE, "topic " + log.topic() + " does not exist");
            }
            consumer.assign(List.of(log));
            consumer.seekToBeginning(List.of(log));
            return catchUp();
        });
    }

    /// Reads up to the current end of the topic.
    private RegistryState catchUp() {
        Long end = consumer.endOffsets(List.of(log)).get(log);
        long deadline = System.nanoTime() + READ_TIMEOUT.toNanos();
        while (end != null && consumer.position(log) < end) {
            poll(deadline);
        }
        return state;
    }

    private void poll(long deadline) {
        if (System.nanoTime() - deadline > 0) {
            throw new RegistryException(
                    Reason.UNAVAILABLE,
                    "topic " + log.topic() + ": no progress for " + READ_TIMEOUT.toSeconds() + " s");
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            RegistryLog.apply(record, state);
        }
    }

    @Override
    public synchronized int register(String subject, String schema) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            RegisteredSchema planned = withBrokers(() -> plan(subject, schema));
            boolean known = state.version(subject, planned.version()).isPresent();
            if (known || withBrokers(() -> append(RegistryLog.record(log.topic(), planned)))) {
                return planned.id();
            }
        }
        throw lost(subject);
    }

    /// Becomes the writer first: from then on no other write can come between the plan and ours.
    private RegisteredSchema plan(String subject, String schema) {
        RegisteredSchema planned = state.plan(subject, schema);
        if (state.version(subject, planned.version()).isPresent()) {
            return planned;
        }
        writer();
        return catchUp().plan(subject, schema);
    }

    @Override
    public synchronized void setCompatibility(String subject, Compatibility compatibility) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (withBrokers(() -> append(RegistryLog.record(log.topic(), subject, compatibility)))) {
                return;
            }
        }
        throw lost(subject);
    }

    private static RegistryException lost(String subject) {
        return new RegistryException(
                Reason.UNAVAILABLE, "subject=" + subject + ": fenced by other writers " + ATTEMPTS + " times in a row");
    }

    /// Commits one record and waits until every reader can see it; false if another writer took over: read and plan
    /// again.
    private boolean append(ProducerRecord<byte[], byte[]> record) {
        KafkaProducer<byte[], byte[]> current = writer();
        try {
            current.beginTransaction();
            Future<RecordMetadata> sent = current.send(record);
            current.commitTransaction(); // waits for the send, and throws if it failed
            awaitVisible(sent.resultNow().offset());
            return true;
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            closeProducer();
            return false;
        } catch (KafkaException e) {
            closeProducer(); // the transaction is aborted by the next writer, or times out
            if (isFenced(e) || isCommitRace(e)) {
                return false;
            }
            throw e;
        }
    }

    /// The broker acknowledges a commit before it has marked the partition; until then readers stop before the record.
    private void awaitVisible(long offset) {
        long deadline = System.nanoTime() + READ_TIMEOUT.toNanos();
        while (consumer.position(log) <= offset) {
            poll(deadline);
        }
    }

    private static boolean isFenced(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    /// A commit that races with the fencing of its own writer fails with an invalid state, or with an unknown server
    /// error, which the client throws bare (Kafka 4.3.1, state PREPARE_EPOCH_FENCE). It is then unknown whether the
    /// record was written: the caller reads and plans again, and finds it if it was.
    private static boolean isCommitRace(KafkaException failure) {
        boolean bare = failure.getClass() == KafkaException.class && failure.getCause() == null;
        return bare || failure instanceof InvalidTxnStateException;
    }

    private KafkaProducer<byte[], byte[]> writer() {
        KafkaProducer<byte[], byte[]> current = producer;
        if (current == null) {
            Map<String, Object> configs = new HashMap<>(client);
            configs.put("transactional.id", WRITER + "-" + log.topic());
            configs.put("transaction.timeout.ms", 10_000);
            configs.put("acks", "all");
            current = new KafkaProducer<>(configs, new ByteArraySerializer(), new ByteArraySerializer());
            producer = current;
            try {
                current.initTransactions();
            } catch (KafkaException e) {
                closeProducer();
                throw e;
            }
        }
        return current;
    }

    private void closeProducer() {
        KafkaProducer<byte[], byte[]> current = producer;
        producer = null;
        if (current != null) {
            current.close(Duration.ZERO);
        }
    }

    @Override
    public synchronized String schema(int id) {
        return state.schema(id)
                .or(() -> withBrokers(this::catchUp).schema(id))
                .orElseThrow(() -> new RegistryException(Reason.UNKNOWN_SCHEMA, "no schema has id=" + id));
    }

    @Override
    public synchronized Optional<RegisteredSchema> lookup(String subject, String schema) {
        return state.lookup(subject, schema).or(() -> withBrokers(this::catchUp).lookup(subject, schema));
    }

    @Override
    public synchronized List<String> subjects() {
        return withBrokers(this::catchUp).subjects();
    }

    @Override
    public synchronized List<Integer> versions(String subject) {
        return withBrokers(this::catchUp).versions(subject);
    }

    @Override
    public synchronized Optional<RegisteredSchema> version(String subject, int version) {
        return state.version(subject, version)
                .or(() -> withBrokers(this::catchUp).version(subject, version));
    }

    @Override
    public synchronized Optional<RegisteredSchema> latest(String subject) {
        return withBrokers(this::catchUp).latest(subject);
    }

    @Override
    public synchronized boolean isCompatible(String subject, String schema) {
        return withBrokers(this::catchUp).isCompatible(subject, schema);
    }

    @Override
    public synchronized Optional<Compatibility> compatibility(String subject) {
        return withBrokers(this::catchUp).compatibility(subject);
    }

    /// Closing twice does nothing.
    @Override
    public synchronized void close() {
        closeProducer();
        consumer.close();
    }

    private <T> T withBrokers(Supplier<T> request) {
        try {
            return request.get();
        } catch (KafkaException e) {
            throw new RegistryException(
                    Reason.UNAVAILABLE,
                    "no response from the brokers about topic " + log.topic() + ": " + e.getMessage(),
                    e);
        }
    }
}
