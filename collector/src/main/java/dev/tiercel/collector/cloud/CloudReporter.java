package dev.tiercel.collector.cloud;

import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.NodeContext;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.Worker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Learns once where in a cloud the node is, and publishes it on `context.nodes`.
///
/// Asks the metadata service until it has answered, never more than once a minute. On a machine of no cloud, and
/// without settings, it does nothing. Events do not wait for it.
public final class CloudReporter implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(CloudReporter.class);
    private static final Path FIRMWARE = Path.of("/sys/class/dmi/id");
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final CloudOptions options;
    private final String node;
    private final Map<String, String> kafka;
    private final AvroSerde<NodeContext> serde;
    private final Optional<CloudProvider> provider;
    private final Worker worker = new Worker("collector-cloud", CLOSE_LIMIT);
    private boolean started;

    /// @param node as in events
    /// @param kafka settings of Kafka's clients
    public CloudReporter(CloudOptions options, String node, Map<String, String> kafka, SchemaRegistry registry) {
        this(options, node, kafka, registry, FIRMWARE);
    }

    CloudReporter(
            CloudOptions options, String node, Map<String, String> kafka, SchemaRegistry registry, Path firmware) {
        this.options = options;
        this.node = node;
        this.kafka = Map.copyOf(kafka);
        this.serde = AvroSerde.of(NodeContext.class, registry, Topics.CONTEXT_NODES);
        this.provider =
                options.detection() == CloudOptions.Detection.OFF ? Optional.empty() : CloudProvider.of(firmware);
    }

    @Override
    public String name() {
        return "cloud";
    }

    @Override
    public void onFailure(Consumer<Throwable> listener) {
        worker.onFailure(listener);
    }

    @Override
    public void start() {
        if (provider.isEmpty() && options.given().equals(CloudPlace.UNKNOWN)) return;
        started = true;
        worker.start(this::run);
    }

    private void run() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (!worker.closing() && !reported()) {
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        worker.close(); // on purpose: a machine stays where it is
    }

    private boolean reported() throws InterruptedException {
        try {
            CloudPlace place = options.given();
            if (provider.isPresent()) {
                place = place.or(provider.get().ask(new MetadataService(options.endpoint())));
            }
            publish(place);
            LOG.info("this node is {}", place);
            return true;
        } catch (IOException | KafkaException | RegistryException | ExecutionException failure) {
            LOG.warn(
                    "where in the cloud this node is cannot be reported: {}; tried again later",
                    PlainCause.of(failure));
            return false;
        }
    }

    private void publish(CloudPlace place) throws InterruptedException, ExecutionException {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("client.id", "tiercel-cloud-" + node);
        byte[] value = serde.write(place.record(ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now())));
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.CONTEXT_NODES.name(), node.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        }
    }

    @Override
    public Health check() {
        return started ? worker.check() : Health.ok();
    }

    @Override
    public void close() {
        worker.close();
    }
}
