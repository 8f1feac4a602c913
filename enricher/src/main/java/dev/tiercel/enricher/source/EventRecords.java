package dev.tiercel.enricher.source;

import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.DeadLetter;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.schemas.avro.SourceProgress;
import dev.tiercel.service.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Makes the records of the topics that an enricher writes. Not thread-safe.
final class EventRecords {
    /// Key of dead letters, and prefix of transactional ids.
    static final String APPLICATION = "tiercel-enricher";

    /// What a record may be long: the topics' limit, less Kafka's own framing.
    private static final int MOST_BYTES = (1 << 20) - 1024;

    /// A dead letter is shorter than its topic allows, whatever it is about: else it would never be written, and
    /// nothing after it.
    private static final int PIECE = 512 << 10;

    private static final int MESSAGE = 16 << 10;

    private final Map<String, AvroSerde<SourceEvent>> events = new HashMap<>();
    private final AvroSerde<SourceProgress> progress;
    private final AvroSerde<DeadLetter> deadLetters;
    private final SchemaRegistry registry;
    private final InstantSource clock;

    EventRecords(SchemaRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        progress = AvroSerde.of(SourceProgress.class, registry, Topics.SOURCES_PROGRESS);
        deadLetters = AvroSerde.of(DeadLetter.class, registry, Topics.DEAD_LETTERS);
    }

    /// Registers the schemas, so that a missing registry fails the start, not the first event.
    void register() {
        progress.schemaId();
        deadLetters.schemaId();
    }

    /// Nanoseconds since the epoch.
    long now() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
    }

    static Topic topic(String eventSource) {
        return Objects.requireNonNull(Topics.bySource().get(eventSource), eventSource);
    }

    private AvroSerde<SourceEvent> serde(String eventSource) {
        return events.computeIfAbsent(
                eventSource, source -> AvroSerde.of(SourceEvent.class, registry, topic(eventSource)));
    }

    /// The record of an event; null: it is too long for its topic.
    @Nullable
    ProducerRecord<byte[], byte[]> event(SourceEvent event) {
        byte[] value = serde(event.getSource()).write(event);
        byte[] key = (event.getOrigin() + "/" + event.getActor()).getBytes(StandardCharsets.UTF_8);
        return key.length + value.length > MOST_BYTES
                ? null
                : new ProducerRecord<>(topic(event.getSource()).name(), key, value);
    }

    /// The event in a record.
    SourceEvent event(String eventSource, byte[] value) {
        return serde(eventSource).read(value);
    }

    ProducerRecord<byte[], byte[]> progress(String part, @Nullable String position) {
        byte[] key = part.getBytes(StandardCharsets.UTF_8);
        byte[] value = position == null ? null : progress.write(new SourceProgress(position, now()));
        return new ProducerRecord<>(Topics.SOURCES_PROGRESS.name(), key, value);
    }

    String position(byte[] value) {
        return progress.read(value).getPosition();
    }

    /// The dead letter of a piece that never was a record: of partition and offset -1 of the topic it was meant for.
    ProducerRecord<byte[], byte[]> deadLetter(String eventSource, byte[] piece, String reason, String message) {
        DeadLetter letter = DeadLetter.newBuilder()
                .setTopic(topic(eventSource).name())
                .setPartition(-1)
                .setOffset(-1)
                .setTime(now())
                .setValue(ByteBuffer.wrap(piece, 0, Math.min(piece.length, PIECE)))
                .setReason(reason)
                .setMessage(message.substring(0, Math.min(message.length(), MESSAGE)))
                .setApplication(APPLICATION)
                .setValueLength(piece.length)
                .setValueHash(HexFormat.of().formatHex(Sha256.digest().digest(piece)))
                .build();
        return new ProducerRecord<>(
                Topics.DEAD_LETTERS.name(), APPLICATION.getBytes(StandardCharsets.UTF_8), deadLetters.write(letter));
    }
}
