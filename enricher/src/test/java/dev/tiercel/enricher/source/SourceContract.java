package dev.tiercel.enricher.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.avro.DeadLetter;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.service.Health;
import dev.tiercel.testkit.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every source keeps, tried on a real broker: a test class of a source extends it and says where the events come
/// from.
public abstract class SourceContract {
    /// A connection may break; the source tries again.
    private static final Duration RECOVERY = Duration.ofSeconds(30);

    private static final int SOME = 40;
    private static final int MANY = 1_000;

    private final String name = TestBroker.unique("contract");
    private Origin origin;
    private Publisher publisher;
    private Source source;

    /// Where a source reads from, or who sends to it. Events that a push source does not take at once are sent again.
    @SuppressWarnings("try") // an interrupt ends the test
    protected interface Origin extends AutoCloseable {
        /// A source that reads from here; not started.
        Source source(Publisher publisher);

        /// Adds events with these ids and about `length` bytes, all of one actor.
        void add(List<String> ids, int length) throws Exception;

        /// Adds a piece that is no event, in which `text` is found.
        void addMalformed(String text) throws Exception;

        @Override
        void close();
    }

    /// A new origin.
    ///
    /// @param name unique
    protected abstract Origin origin(String name) throws Exception;

    /// Whether events of one actor arrive in the order in which they were added.
    protected boolean isOrdered() {
        return true;
    }

    @BeforeEach
    void open() throws Exception {
        origin = origin(name);
        publisher = EventTopics.publisher(name);
        source = started(publisher);
    }

    @AfterEach
    void stop() {
        source.close();
        publisher.close();
        origin.close();
    }

    private void start() {
        start(EventTopics.publisher(name));
    }

    private void start(Publisher fresh) {
        publisher = fresh;
        source = started(fresh);
    }

    private Source started(Publisher fresh) {
        fresh.start();
        Source made = origin.source(fresh);
        made.start();
        return made;
    }

    private void restart() {
        source.close();
        publisher.close();
        start();
    }

    private List<String> ids(int begin, int end) {
        return IntStream.range(begin, end)
                .mapToObj(number -> name + "-%06d".formatted(number))
                .toList();
    }

    private List<String> await(int count) {
        List<String> ids = EventTopics.ids(source.eventSource(), name + "-");
        long healthy = System.nanoTime();
        while (ids.size() < count) {
            Health now = source.check();
            if (now.healthy()) healthy = System.nanoTime();
            assertThat(System.nanoTime() - healthy).as(now.detail()).isLessThan(RECOVERY.toNanos());
            ids = EventTopics.ids(source.eventSource(), name + "-");
        }
        return ids;
    }

    private void awaitExactly(List<String> expected) {
        List<String> found = await(expected.size());
        if (isOrdered()) {
            assertThat(found).isEqualTo(expected);
        } else {
            assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private void add(List<String> ids) throws Exception {
        origin.add(ids, 200);
    }

    @Test
    void publishesWhatIsThereAndWhatComes() throws Exception {
        add(ids(0, SOME));
        awaitExactly(ids(0, SOME));
        add(ids(SOME, 2 * SOME));
        awaitExactly(ids(0, 2 * SOME));
        assertThat(source.check().healthy()).as(source.check().detail()).isTrue();
    }

    @Test
    void keepsTheDocumentAndItsHeader() throws Exception {
        add(ids(0, 1));
        await(1);
        SourceEvent event = EventTopics.events(source.eventSource(), name + "-").getFirst();
        assertThat(event.getSource()).isEqualTo(source.eventSource());
        assertThat(EventTopics.text(event.getDocument()))
                .startsWith("{")
                .contains(ids(0, 1).getFirst());
        assertThat(event.getTime()).isPositive();
        assertThat(event.getReceivedAt()).isPositive();
    }

    @Test
    void goesOnAfterARestart() throws Exception {
        add(ids(0, SOME));
        await(SOME);
        restart();
        add(ids(SOME, 2 * SOME));
        await(2 * SOME);
        restart();
        add(ids(2 * SOME, 2 * SOME + 1));
        awaitExactly(ids(0, 2 * SOME + 1));
    }

    @Test
    void publishesOnceWhatComesTwice() throws Exception {
        add(ids(0, SOME));
        add(ids(0, SOME));
        add(ids(SOME, SOME + 1));
        awaitExactly(ids(0, SOME + 1));
    }

    @Test
    void whatIsNoEventIsADeadLetterAndHarmsNoOther() throws Exception {
        add(ids(0, 1));
        origin.addMalformed(name + "-malformed");
        add(ids(1, 2));
        awaitExactly(ids(0, 2));
        DeadLetter letter = EventTopics.deadLetters(name + "-malformed").getFirst();
        assertThat(letter.getTopic())
                .isEqualTo(EventRecords.topic(source.eventSource()).name());
        assertThat(letter.getMessage()).isNotEmpty();
    }

    @Test
    void whatIsTooLongIsADeadLetterAndHarmsNoOther() throws Exception {
        add(ids(0, 1));
        origin.add(List.of(name + "/long"), 3 << 19);
        add(ids(1, 2));
        awaitExactly(ids(0, 2));
        DeadLetter letter = EventTopics.deadLetters(name + "/long").getFirst();
        assertThat(letter.getReason()).isEqualTo("TOO_LARGE");
        assertThat(letter.getValueLength()).isGreaterThanOrEqualTo(3 << 19);
        assertThat(letter.getValueHash()).hasSize(64);
    }

    @Test
    void waitsWhileTheQueueIsFull() throws Exception {
        source.close();
        publisher.close();
        start(EventTopics.publisher(
                new PublisherConfig(name, 2 << 20, 10_000, Duration.ofMinutes(15)), EventTopics.kafka()));
        for (int i = 0; i < 8; i++) {
            origin.add(ids(i * 10, i * 10 + 10), 50_000);
        }
        awaitExactly(ids(0, 80));
    }

    /// The publisher ends in the middle of a transaction, as at a kill -9: it is not committed.
    @Test
    void losesAndRepeatsNothingWhenItIsKilled() throws Exception {
        for (int i = 0; i < 3; i++) {
            add(ids(i * MANY, (i + 1) * MANY));
            await(i * MANY + 1);
            publisher.close();
            source.close();
            start();
        }
        awaitExactly(ids(0, 3 * MANY));
    }
}
