package dev.tiercel.enricher.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.service.Metrics;
import dev.tiercel.testkit.RestartableBroker;
import dev.tiercel.testkit.TopicRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker that is killed and comes back: every event is there once, and senders are told meanwhile.
class PublisherOutageTest {
    @TempDir
    Path folder;

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private RestartableBroker broker;
    private Publisher publisher;

    @BeforeEach
    void start() throws Exception {
        broker = new RestartableBroker(folder);
        broker.start();
        try (Admin admin = Admin.create(kafka())) {
            Topics.create(admin, 1);
        }
        PublisherConfig config = new PublisherConfig("outage", 2 << 20, 10_000, Duration.ofMinutes(15));
        publisher = new Publisher(config, Map.copyOf(strings()), registry, new Metrics());
        publisher.start();
    }

    private Map<String, String> strings() {
        return Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "max.block.ms",
                "2000",
                "default.api.timeout.ms",
                "2000",
                "request.timeout.ms",
                "1000");
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    @AfterEach
    void stop() throws Exception {
        publisher.close();
        broker.kill();
    }

    private static Delivery delivery(int number) {
        return EventTopics.delivery(IntStream.range(number * 10, number * 10 + 10)
                .mapToObj(Integer::toString)
                .toArray(String[]::new));
    }

    @Test
    void everyEventIsThereOnce() throws Exception {
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            receipts.add(publisher.publish(delivery(i)));
            if (i == 100 || i == 200) broker.kill();
            if (i == 150 || i == 250) broker.start();
        }
        for (CompletableFuture<Receipt> receipt : receipts) {
            assertThat(receipt.get()).isEqualTo(new Receipt(10, 0, 0));
        }
        assertThat(published())
                .containsExactlyElementsOf(
                        IntStream.range(0, 3000).mapToObj(Integer::toString).toList());
        assertThat(publisher.check().healthy()).isTrue();
    }

    @Test
    void tellsSendersOnceTheQueueIsFull() throws Exception {
        broker.kill();
        List<CompletableFuture<Receipt>> accepted = new ArrayList<>();
        String document = "\"" + "x".repeat(100_000) + "\"";
        for (int i = 0; i < 100; i++) {
            Delivery delivery = new Delivery("json");
            delivery.event(EventTopics.event(Integer.toString(i), document));
            Optional<CompletableFuture<Receipt>> receipt = publisher.offer(delivery);
            if (receipt.isEmpty()) break;
            accepted.add(receipt.get());
        }
        assertThat(accepted).hasSizeBetween(10, 21);
        while (publisher.check().healthy()) {
            Thread.onSpinWait();
        }
        assertThat(publisher.check().detail()).startsWith("Kafka does not take events: ");
        broker.start();
        for (CompletableFuture<Receipt> receipt : accepted) {
            assertThat(receipt.get()).isEqualTo(new Receipt(1, 0, 0));
        }
        assertThat(published()).hasSize(accepted.size());
        assertThat(publisher.offer(delivery(1000))).isPresent();
    }

    private List<String> published() {
        AvroSerde<SourceEvent> serde = AvroSerde.of(SourceEvent.class, registry, Topics.EVENTS_JSON);
        return TopicRecords.committed(broker.bootstrapServers(), Topics.EVENTS_JSON.name()).stream()
                .map(record -> serde.read(record.value()).getId())
                .toList();
    }
}
