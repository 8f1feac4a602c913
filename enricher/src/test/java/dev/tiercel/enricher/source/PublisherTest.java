package dev.tiercel.enricher.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.schemas.avro.DeadLetter;
import dev.tiercel.testkit.TestBroker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a publisher promises, on a real broker.
class PublisherTest {
    private final String name = TestBroker.unique("publisher");
    private Publisher publisher;

    @BeforeEach
    void start() {
        publisher = EventTopics.publisher(name);
        publisher.start();
    }

    @AfterEach
    void stop() {
        publisher.close();
    }

    private void restart() {
        publisher.close();
        start();
    }

    private String id(int number) {
        return name + "-" + number;
    }

    private String[] ids(int begin, int end) {
        return IntStream.range(begin, end).mapToObj(this::id).toArray(String[]::new);
    }

    private Receipt publish(Delivery delivery) throws Exception {
        return publisher.publish(delivery).get();
    }

    private List<String> published() {
        return EventTopics.ids("json", name + "-");
    }

    @Test
    void publishesEventsInTheirOrder() throws Exception {
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        for (int i = 0; i < 100; i += 10) {
            receipts.add(publisher.publish(EventTopics.delivery(ids(i, i + 10))));
        }
        for (CompletableFuture<Receipt> receipt : receipts) {
            assertThat(receipt.get()).isEqualTo(new Receipt(10, 0, 0));
        }
        assertThat(published()).containsExactly(ids(0, 100));
        assertThat(publisher.check().healthy()).isTrue();
    }

    @Test
    void stampsWhenAnEventWasReceived() throws Exception {
        publish(EventTopics.delivery(id(1)));
        assertThat(EventTopics.events("json", name + "-").getFirst().getReceivedAt())
                .isPositive();
    }

    @Test
    void recognisesDuplicatesInAndAcrossTransactionsAndAfterARestart() throws Exception {
        assertThat(publish(EventTopics.delivery(id(1), id(2), id(1)))).isEqualTo(new Receipt(2, 1, 0));
        assertThat(publish(EventTopics.delivery(id(2), id(3)))).isEqualTo(new Receipt(1, 1, 0));
        restart();
        assertThat(publish(EventTopics.delivery(id(1), id(3), id(4)))).isEqualTo(new Receipt(1, 2, 0));
        assertThat(published()).containsExactly(ids(1, 5));
    }

    @Test
    void readsOnlyAsManyIdsBackAsItRemembers() throws Exception {
        publish(EventTopics.delivery(ids(0, 10)));
        publisher.close();
        publisher = EventTopics.publisher(
                new PublisherConfig(name, 8 << 20, 3, Duration.ofMinutes(15)), EventTopics.kafka());
        publisher.start();
        assertThat(publish(EventTopics.delivery(id(9)))).isEqualTo(new Receipt(0, 1, 0));
        assertThat(publish(EventTopics.delivery(id(0)))).isEqualTo(new Receipt(1, 0, 0));
    }

    private static String random(int length) {
        return new Random(1)
                .ints(length, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void putsTooLongEventsIntoDeadLettersWithAPieceAndAHash() throws Exception {
        String random = random(2 << 20);
        Delivery delivery = EventTopics.delivery(id(1));
        delivery.event(EventTopics.event(id(2), "\"" + id(2) + random + "\""));
        delivery.event(EventTopics.event(id(3)));

        assertThat(publish(delivery)).isEqualTo(new Receipt(2, 0, 1));
        assertThat(published()).containsExactly(id(1), id(3));
        DeadLetter letter = EventTopics.deadLetters(id(2)).getFirst();
        assertThat(letter.getTopic()).isEqualTo("events.json");
        assertThat(letter.getPartition()).isEqualTo(-1);
        assertThat(letter.getOffset()).isEqualTo(-1);
        assertThat(letter.getReason()).isEqualTo("TOO_LARGE");
        assertThat(letter.getMessage()).contains(id(2));
        assertThat(letter.getValue().remaining()).isEqualTo(512 << 10);
        assertThat(letter.getValueLength()).isEqualTo((2 << 20) + 2 + id(2).length());
        assertThat(letter.getValueHash()).hasSize(64);
    }

    /// An id is what the document says: it is remembered, and is in the message of the event's dead letter.
    @Test
    void longIdsAreHashes() throws Exception {
        String document = "\"" + name + random(2 << 20) + "\"";
        Delivery delivery = EventTopics.delivery(id(1), name + "-" + "x".repeat(1000));
        delivery.event(EventTopics.event(document, document));

        assertThat(publish(delivery)).isEqualTo(new Receipt(2, 0, 1));
        assertThat(EventTopics.deadLetters(name + random(9)).getFirst().getMessage())
                .hasSizeLessThan(200);
        assertThat(EventTopics.events("json", ""))
                .allSatisfy(event -> assertThat(event.getId()).hasSizeLessThan(1000));
    }

    @Test
    void putsMalformedPiecesIntoDeadLetters() throws Exception {
        Delivery delivery = EventTopics.delivery(id(1));
        delivery.malformed((name + " is no JSON").getBytes(UTF_8), "not JSON");
        delivery.malformed((name + " neither").getBytes(UTF_8), random(2 << 20));

        assertThat(publish(delivery)).isEqualTo(new Receipt(1, 0, 2));
        DeadLetter letter = EventTopics.deadLetters(name).getFirst();
        assertThat(letter.getReason()).isEqualTo("MALFORMED");
        assertThat(letter.getMessage()).isEqualTo("not JSON");
        assertThat(letter.getApplication()).isEqualTo("tiercel-enricher");
    }

    @Test
    void keepsProgressOverARestart() throws Exception {
        Delivery delivery = EventTopics.delivery(id(1));
        delivery.progress(name + "/a", "{\"offset\":1}");
        delivery.progress(name + "/b", "{\"offset\":2}");
        publish(delivery);
        Delivery forgets = new Delivery("json");
        forgets.progress(name + "/a", null);
        publish(forgets);
        restart();

        assertThat(publisher.progress().position(name + "/a")).isEmpty();
        assertThat(publisher.progress().position(name + "/b")).contains("{\"offset\":2}");
        assertThat(publisher.progress().positions(name + "/")).containsOnlyKeys(name + "/b");
    }

    /// As after a `kill -9` in the middle of a transaction: its end never came.
    @Test
    void endsTheTransactionThatAKilledProcessLeftOpen() throws Exception {
        publisher.close();
        Producer<byte[], byte[]> killed = TestBroker.shared()
                .producer(Map.of("transactional.id", "tiercel-enricher-" + name, "transaction.timeout.ms", "600000"));
        EventRecords records = new EventRecords(EventTopics.REGISTRY, InstantSource.system());
        killed.initTransactions();
        killed.beginTransaction();
        killed.send(records.event(EventTopics.event(id(1)))).get();
        killed.send(records.progress(name + "/part", "1")).get();
        start();
        try {
            assertThat(publisher.progress().position(name + "/part")).isEmpty();
            assertThat(publish(EventTopics.delivery(id(1), id(2)))).isEqualTo(new Receipt(2, 0, 0));
            assertThat(published()).containsExactly(ids(1, 3));
        } finally {
            killed.close(Duration.ZERO);
        }
    }

    /// What this process committed lies behind it, and consumers of committed records do not see it until it ends.
    @Test
    void remembersWhatIsBehindTheOpenTransactionOfAnother() throws Exception {
        publish(EventTopics.delivery(id(1)));
        try (Producer<byte[], byte[]> other =
                TestBroker.shared().producer(Map.of("transactional.id", name + "-other"))) {
            EventRecords records = new EventRecords(EventTopics.REGISTRY, InstantSource.system());
            other.initTransactions();
            other.beginTransaction();
            other.send(records.event(EventTopics.event(id(9)))).get();
            publish(EventTopics.delivery(id(2)));
            restart();
            CompletableFuture<Receipt> receipt = publisher.publish(EventTopics.delivery(id(1), id(2), id(3)));
            assertThatThrownBy(() -> receipt.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            other.abortTransaction();
            assertThat(receipt.get()).isEqualTo(new Receipt(1, 2, 0));
        }
        assertThat(published()).containsExactly(ids(1, 4));
    }

    /// Somebody else ends its transactions, but is no enricher: it goes on, and neither loses nor repeats.
    @Test
    void goesOnAfterALostTransaction() throws Exception {
        publish(EventTopics.delivery(id(1)));
        try (Producer<byte[], byte[]> other =
                TestBroker.shared().producer(Map.of("transactional.id", "tiercel-enricher-" + name))) {
            other.initTransactions();
        }
        assertThat(publish(EventTopics.delivery(id(1), id(2)))).isEqualTo(new Receipt(1, 1, 0));
        assertThat(published()).containsExactly(ids(1, 3));
        assertThat(publisher.check().healthy()).isTrue();
    }

    /// One of the same name that still lives ends the first transactions of the new one: the new one takes over.
    @Test
    void startsAlthoughALivingOneFencesIt() throws Exception {
        publish(EventTopics.delivery(id(1)));
        publisher.close();
        publisher = EventTopics.publisher(EventTopics.config(name), Fencing.settings(3));
        publisher.start();
        assertThat(publish(EventTopics.delivery(id(1), id(2)))).isEqualTo(new Receipt(1, 1, 0));
        assertThat(published()).containsExactly(ids(1, 3));
    }

    @Test
    void saysThatALivingOneDoesNotStop() {
        try (Publisher fenced = EventTopics.publisher(EventTopics.config(name), Fencing.settings(1_000))) {
            assertThatThrownBy(fenced::start)
                    .isInstanceOf(FencedException.class)
                    .hasMessage(
                            "another enricher with enricher.instance=%s is running and does not give way: stop it,"
                                    + " or give this one another name",
                            name);
        }
    }

    @Test
    void stopsOnceAnotherWithTheSameNameHasStarted() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        try (Publisher watched = EventTopics.publisher(name)) {
            watched.onFailure(failure::complete);
            watched.start();
            try (Publisher later = EventTopics.publisher(name)) {
                later.start();
                CompletableFuture<Receipt> refused = watched.publish(EventTopics.delivery(id(1)));
                assertThatThrownBy(refused::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasRootCauseInstanceOf(FencedException.class);
                assertThat(failure.get()).hasMessageContaining("enricher.instance=" + name);
                assertThat(later.publish(EventTopics.delivery(id(1))).get()).isEqualTo(new Receipt(1, 0, 0));
            }
            assertThat(watched.check().healthy()).isFalse();
            assertThatThrownBy(watched.publish(EventTopics.delivery(id(2)))::get)
                    .hasMessageContaining("stopping");
        }
        assertThat(published()).containsExactly(id(1));
    }

    @Test
    void readsNamesOfOthersAsTheyAre() {
        TestBroker.shared().send("sources.progress", "x".getBytes(UTF_8), null);
        TestBroker.shared().send("events.json", null, "foreign".getBytes(UTF_8));
        restart();
        assertThat(publisher.progress().position("x")).isEmpty();
        Optional<CompletableFuture<Receipt>> receipt = publisher.offer(EventTopics.delivery(id(1)));
        assertThat(receipt.orElseThrow().join()).isEqualTo(new Receipt(1, 0, 0));
    }

    @Test
    void refusesWhatComesAfterItsEnd() throws Exception {
        publisher.close();
        assertThatThrownBy(publisher.publish(EventTopics.delivery(id(1)))::get).hasMessageContaining("stopping");
    }
}
