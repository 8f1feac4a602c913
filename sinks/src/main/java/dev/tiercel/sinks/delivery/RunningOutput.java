package dev.tiercel.sinks.delivery;

import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.UndeliveredAlert;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.Worker;
import dev.tiercel.sinks.plan.OutputPlan;
import dev.tiercel.sinks.plan.RoutePlan;
import dev.tiercel.sinks.route.Router;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One output at work, in a consumer group and on a thread of its own: a slow or dead one delays no other.
///
/// Input: `alerts` (key alert id, value Alert, committed only) and `alerts.redeliver`. Output: what its receiver is
/// given, and `alerts.undelivered`.
public final class RunningOutput implements Component {
    /// Begins the names of consumer groups; the name of the output follows.
    public static final String GROUP = "tiercel-sink-";

    private static final Logger LOG = LoggerFactory.getLogger(RunningOutput.class);
    private static final String LATEST = "latest";
    private static final List<String> TOPICS = List.of(Topics.ALERTS.name(), Topics.ALERTS_REDELIVER.name());
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);
    private static final Duration AWAY = Duration.ofSeconds(2);
    private static final Duration CLIENT_CLOSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_NAP = Duration.ofMillis(500);
    private static final int RECORDS_AT_ONCE = 500;
    /// How long a killed process keeps its partitions.
    private static final int SESSION_MS = 10_000;
    /// Longer than any call of a receiver takes.
    private static final int POLL_INTERVAL_MS = 500_000;
    private static final int FETCH_BYTES = 8 << 20;

    private final OutputPlan plan;
    private final Map<String, String> kafka;
    private final Worker worker;
    private final Producer<byte[], byte[]> producer;
    private final AlertDelivery delivery;
    private final String start;
    /// Used by the thread of the worker.
    private boolean rewinds;

    /// @param kafka settings of Kafka's clients
    /// @param start where a group begins that has committed nothing: `latest` or `earliest`
    public RunningOutput(
            OutputPlan plan,
            List<RoutePlan> routes,
            Map<String, String> kafka,
            SchemaRegistry registry,
            OutputMetrics metrics,
            String start) {
        this.plan = plan;
        this.kafka = Map.copyOf(kafka);
        this.start = start;
        worker = new Worker("output-" + plan.name(), CLOSE_LIMIT);
        producer = new KafkaProducer<>(producerSettings(), new ByteArraySerializer(), new ByteArraySerializer());
        AvroSerde<UndeliveredAlert> serde = AvroSerde.of(UndeliveredAlert.class, registry, Topics.ALERTS_UNDELIVERED);
        delivery = new AlertDelivery(
                plan,
                new Router(plan.name(), routes),
                new AlertDelivery.Formats(AvroSerde.of(Alert.class, registry, Topics.ALERTS), serde),
                new UndeliveredAlerts(plan.name(), serde, producer),
                metrics.of(plan.name()),
                new AlertDelivery.Surroundings(
                        InstantSource.system(), new Backoff(RandomGenerator.getDefault()), RunningOutput::nap));
    }

    private Map<String, Object> producerSettings() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 << 20);
        return settings;
    }

    private Map<String, Object> consumerSettings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MS / 3);
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, POLL_INTERVAL_MS);
        settings.putAll(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP + plan.name());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"); // partitions that come later
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        return settings;
    }

    /// While nothing is read, the group must hear of this consumer.
    private static Iterable<ConsumerRecord<byte[], byte[]>> nap(Consumer<byte[], byte[]> consumer, Duration length) {
        consumer.pause(consumer.assignment());
        return consumer.poll(length.compareTo(LONGEST_NAP) < 0 ? length : LONGEST_NAP);
    }

    @Override
    public String name() {
        return "output-" + plan.name();
    }

    @Override
    public void onFailure(java.util.function.Consumer<Throwable> listener) {
        worker.onFailure(listener);
    }

    /// Returns once it is fixed where it begins: no alert that comes later is missed.
    @Override
    public void start() {
        if (start.equals(LATEST)) begin();
        KafkaConsumer<byte[], byte[]> consumer = consumer();
        worker.start(() -> run(consumer), consumer::wakeup);
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// A new group begins with what is to come.
    private void begin() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Set<TopicPartition> partitions = new HashSet<>();
            for (String topic : TOPICS) {
                for (PartitionInfo each : consumer.partitionsFor(topic)) {
                    partitions.add(new TopicPartition(topic, each.partition()));
                }
            }
            boolean isNew = consumer.committed(partitions).values().stream().allMatch(Objects::isNull);
            if (!isNew) return; // what is not committed was not read yet
            Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
            consumer.endOffsets(partitions)
                    .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end)));
            if (!ends.isEmpty()) consumer.commitSync(ends);
        } catch (CommitFailedException begun) {
            LOG.debug("output '{}': another process has begun already", plan.name());
        }
    }

    private void run(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
        try (consumer) {
            consumer.subscribe(TOPICS, delivery.rebalances(consumer));
            while (!worker.closing()) step(consumer);
        } catch (WakeupException closed) {
            if (!worker.closing()) throw closed;
        } catch (KafkaException failure) {
            if (!worker.closing()) throw failure;
            LOG.info("output '{}': what it had delivered may come again: {}", plan.name(), PlainCause.of(failure));
        }
    }

    /// Brokers and the registry may be away for a while: then it begins again where it was committed.
    private void step(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
        try {
            if (rewinds) delivery.rewind(consumer);
            rewinds = false;
            delivery.step(consumer, worker::closing);
        } catch (RetriableException | RegistryException away) {
            LOG.warn("output '{}': {}; trying again", plan.name(), PlainCause.of(away));
            rewinds = true;
            Thread.sleep(AWAY);
        }
    }

    @Override
    public Health check() {
        return worker.check().and(delivery.check());
    }

    /// What is under way is delivered again by whoever goes on.
    @Override
    public void close() {
        worker.close();
        delivery.close();
        producer.close(CLIENT_CLOSE);
    }
}
