package dev.tiercel.enricher.source;

import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.DeadLetter;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.service.Metrics;
import dev.tiercel.testkit.TestBroker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The topics of sources on the broker of this JVM, and what publishers have put there. Tests share it: their ids
/// and instances have names of their own.
public final class EventTopics {
    /// The registry of all of them.
    public static final SchemaRegistry REGISTRY = new InMemoryRegistry();

    private static final TestBroker BROKER = TestBroker.shared();

    static {
        Topics.create(BROKER.admin(), 1);
    }

    private EventTopics() {}

    /// Settings for clients of the broker.
    public static Map<String, String> kafka() {
        return Map.of("bootstrap.servers", BROKER.bootstrapServers());
    }

    /// A publisher that is not started.
    public static Publisher publisher(String instance) {
        return publisher(config(instance), kafka());
    }

    static Publisher publisher(PublisherConfig config, Map<String, String> kafka) {
        return new Publisher(config, kafka, REGISTRY, new Metrics());
    }

    static PublisherConfig config(String instance) {
        return new PublisherConfig(instance, 8 << 20, 10_000, Duration.ofMinutes(15));
    }

    /// The events on the topic of an event source whose ids begin with `prefix`, partition by partition.
    public static List<SourceEvent> events(String eventSource, String prefix) {
        Topic topic = EventRecords.topic(eventSource);
        AvroSerde<SourceEvent> serde = AvroSerde.of(SourceEvent.class, REGISTRY, topic);
        return BROKER.readAll(topic.name()).stream()
                .flatMap(record -> read(serde, record.value()))
                .filter(event -> event.getId().startsWith(prefix))
                .toList();
    }

    private static Stream<SourceEvent> read(AvroSerde<SourceEvent> serde, byte[] value) {
        try {
            return Stream.of(serde.read(value));
        } catch (BadRecordException foreign) {
            return Stream.empty();
        }
    }

    /// Their ids.
    public static List<String> ids(String eventSource, String prefix) {
        return events(eventSource, prefix).stream().map(SourceEvent::getId).toList();
    }

    /// The dead letters whose first bytes have `text`.
    public static List<DeadLetter> deadLetters(String text) {
        AvroSerde<DeadLetter> serde = AvroSerde.of(DeadLetter.class, REGISTRY, Topics.DEAD_LETTERS);
        return BROKER.readAll(Topics.DEAD_LETTERS.name()).stream()
                .map(record -> serde.read(record.value()))
                .filter(letter -> text(letter.getValue()).contains(text))
                .toList();
    }

    /// UTF-8 bytes as text.
    public static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    static SourceEvent event(String id) {
        return event(id, "{\"id\":\"" + id + "\"}");
    }

    static SourceEvent event(String id, String document) {
        return SourceEvent.newBuilder()
                .setId(id)
                .setTime(1)
                .setSource("json")
                .setOrigin("origin")
                .setActor("actor")
                .setVerb("verb")
                .setDocument(ByteBuffer.wrap(document.getBytes(StandardCharsets.UTF_8)))
                .setReceivedAt(0)
                .build();
    }

    static Delivery delivery(String... ids) {
        Delivery delivery = new Delivery("json");
        for (String id : ids) {
            delivery.event(event(id));
        }
        return delivery;
    }
}
