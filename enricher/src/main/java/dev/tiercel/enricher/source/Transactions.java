package dev.tiercel.enricher.source;

import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Writes groups of deliveries in transactions, each exactly once whatever Kafka answers, or does not answer.
///
/// Every transaction leaves a [Mark]. A transaction that failed, or whose end is not known, is ended by a new
/// producer with the same transactional id; the mark then says whether it was committed. Not thread-safe.
final class Transactions implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final int TAKE_OVERS = 10;
    private static final String TOO_LARGE = "TOO_LARGE";
    private static final String MALFORMED = "MALFORMED";

    private final PublisherConfig config;
    private final Map<String, String> kafka;
    private final CommittedRecords committed;
    private final EventRecords records;
    private final Map<String, DuplicateWindow> windows = new HashMap<>();
    private final Set<SourceEvent> refused =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    private final String owner = UUID.randomUUID().toString();
    private long number;
    private boolean unclear;
    private @Nullable Producer<byte[], byte[]> producer;

    /// @param kafka settings of Kafka's clients that override the defaults
    Transactions(PublisherConfig config, Map<String, String> kafka, SchemaRegistry registry) {
        this.config = config;
        this.kafka = Map.copyOf(kafka);
        committed = new CommittedRecords(kafka);
        records = new EventRecords(registry, InstantSource.system());
    }

    /// Ends what an earlier process left open, and takes its place.
    ///
    /// @return what it had read
    /// @throws FencedException if a living process does not give way
    Progress open() {
        records.register();
        takeOver();
        Map<String, String> positions = new HashMap<>();
        committed.all(Topics.SOURCES_PROGRESS.name(), record -> {
            String part = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                positions.remove(part);
            } else {
                positions.put(part, records.position(record.value()));
            }
        });
        return new Progress(positions);
    }

    /// Leaves a mark of this process, after which an earlier one that lives stops. Until it has seen the mark it ends
    /// transactions of this process, as it does after every failure of its own.
    private void takeOver() {
        for (int attempt = 0; attempt < TAKE_OVERS; attempt++) {
            if (marked()) return;
        }
        throw FencedException.stays(config.instance());
    }

    /// @return whether no other process has ended the mark's transaction
    private boolean marked() {
        try {
            Producer<byte[], byte[]> current = opened();
            current.beginTransaction();
            var _ = current.send(mark());
            current.commitTransaction();
            return true;
        } catch (KafkaException failure) {
            abandon();
            if (!isFenced(failure)) throw failure;
            return false;
        }
    }

    private static boolean isFenced(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause ->
                        cause instanceof InvalidProducerEpochException || cause instanceof ProducerFencedException);
    }

    /// Returns once the group is committed; its receipts are written.
    ///
    /// @throws FencedException if another process has taken over
    /// @throws KafkaException if it is not known to be committed: to be called again, with the same group
    /// @throws dev.tiercel.schemas.RegistryException the same
    void write(Group group) {
        if (unclear && recovered()) {
            committed();
            return;
        }
        group.members().forEach(this::readWindows);
        try {
            Producer<byte[], byte[]> current = opened();
            unclear = true;
            number++;
            current.beginTransaction();
            group.begin();
            group.members().forEach(member -> group.written(send(current, member.delivery())));
            var _ = current.send(mark());
            current.commitTransaction();
        } catch (RuntimeException failure) {
            abandon();
            throw failure;
        }
        committed();
    }

    private void committed() {
        unclear = false;
        refused.clear();
        windows.values().forEach(DuplicateWindow::commit);
    }

    /// Before the transaction, which has a time limit.
    private void readWindows(Group.Pending member) {
        Delivery delivery = member.delivery();
        if (!delivery.events().isEmpty()) window(delivery.eventSource());
    }

    /// What became of the transaction of an abandoned producer.
    ///
    /// @return whether it was committed
    private boolean recovered() {
        opened();
        Mark last = lastMark();
        if (last == null || !last.owner().equals(owner)) {
            abandon();
            throw FencedException.tookOver(config.instance());
        }
        if (last.transaction() == number) return true;
        windows.values().forEach(DuplicateWindow::abort);
        unclear = false;
        return false;
    }

    private @Nullable Mark lastMark() {
        byte[] part = Mark.part(config.instance()).getBytes(StandardCharsets.UTF_8);
        @Nullable Mark[] last = {null};
        committed.all(Topics.SOURCES_PROGRESS.name(), record -> {
            if (Arrays.equals(record.key(), part) && record.value() != null) {
                last[0] = Mark.of(records.position(record.value()));
            }
        });
        return last[0];
    }

    private ProducerRecord<byte[], byte[]> mark() {
        return records.progress(Mark.part(config.instance()), new Mark(owner, number).position());
    }

    private Receipt send(Producer<byte[], byte[]> current, Delivery delivery) {
        int published = 0;
        int duplicates = 0;
        int deadLetters = 0;
        for (SourceEvent event : delivery.events()) {
            if (!window(event.getSource()).add(event.getId())) {
                duplicates++;
            } else if (send(current, event)) {
                published++;
            } else {
                deadLetters++;
            }
        }
        for (Delivery.Malformed piece : delivery.malformed()) {
            var _ = current.send(records.deadLetter(delivery.eventSource(), piece.piece(), MALFORMED, piece.reason()));
            deadLetters++;
        }
        delivery.progress().forEach((part, position) -> {
            var _ = current.send(records.progress(part, position));
        });
        return new Receipt(published, duplicates, deadLetters);
    }

    /// Sends an event, or its dead letter if it is too long.
    ///
    /// @return whether the event was sent
    private boolean send(Producer<byte[], byte[]> current, SourceEvent event) {
        event.setReceivedAt(records.now());
        ProducerRecord<byte[], byte[]> record = refused.contains(event) ? null : records.event(event);
        if (record != null) {
            var _ = current.send(record, (metadata, failure) -> {
                if (failure instanceof RecordTooLargeException) refused.add(event);
            });
            return true;
        }
        byte[] document = new byte[event.getDocument().remaining()];
        event.getDocument().duplicate().get(document);
        String message = "event %s of %d bytes is too long for its topic".formatted(event.getId(), document.length);
        var _ = current.send(records.deadLetter(event.getSource(), document, TOO_LARGE, message));
        return false;
    }

    /// The window of an event source; at its first event the ids of what was published before.
    private DuplicateWindow window(String eventSource) {
        return windows.computeIfAbsent(eventSource, source -> {
            DuplicateWindow window = new DuplicateWindow(config.duplicates());
            if (config.duplicates() > 0) {
                committed.since(
                        EventRecords.topic(source).name(),
                        InstantSource.system().instant().minus(config.lookBack()),
                        config.duplicates(),
                        record -> remember(window, source, record.value()));
            }
            return window;
        });
    }

    /// Whatever another writer has put there is none of ours.
    private void remember(DuplicateWindow window, String source, byte @Nullable [] value) {
        if (value == null) return;
        try {
            window.add(records.event(source, value).getId());
            window.commit();
        } catch (BadRecordException foreign) {
            // the detector writes the dead letter
        }
    }

    /// The producer; a new one ends the transaction of the one before.
    private Producer<byte[], byte[]> opened() {
        Producer<byte[], byte[]> current = producer;
        if (current == null) {
            current = new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
            producer = current;
            try {
                current.initTransactions();
            } catch (KafkaException failure) {
                abandon();
                throw failure;
            }
        }
        return current;
    }

    private void abandon() {
        Producer<byte[], byte[]> current = producer;
        producer = null;
        if (current != null) current.close(Duration.ZERO);
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000); // an outage is seen, and told, after that
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 120_000);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 << 20); // the topics' limit is the one that counts
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.putAll(kafka);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, EventRecords.APPLICATION + "-" + config.instance());
        return settings;
    }

    @Override
    public void close() {
        Producer<byte[], byte[]> current = producer;
        producer = null;
        if (current != null) current.close(CLOSE_LIMIT);
    }
}
