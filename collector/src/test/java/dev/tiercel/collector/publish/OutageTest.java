package dev.tiercel.collector.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.collector.batch.Batch;
import dev.tiercel.collector.store.Spool;
import dev.tiercel.collector.store.StateDirectory;
import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.BatchHeader;
import dev.tiercel.schemas.BatchWriter;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.Topics;
import dev.tiercel.testkit.RestartableBroker;
import dev.tiercel.testkit.TopicRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A broker that is killed and comes back: every batch is there once and in order.
@Timeout(170)
class OutageTest {
    private static final int LANES = 3;
    private static final int EVENTS = 100;

    @TempDir
    Path folder;

    private final BatchWriter writer = new BatchWriter();
    private final Random random = new Random(1);
    private final long[] sequences = new long[LANES];
    private RestartableBroker broker;
    private StateDirectory directory;
    private KafkaPublisher publisher;
    private long accepted;

    @BeforeEach
    void start() throws Exception {
        broker = new RestartableBroker(folder.resolve("broker"));
        broker.start();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Topics.create(admin, 1);
        }
        openPublisher();
    }

    private void openPublisher() {
        directory = StateDirectory.open(folder.resolve("state")).orElseThrow();
        publisher = new KafkaPublisher(
                "web-1", Map.of("bootstrap.servers", broker.bootstrapServers()), Spool.open(directory, 64 << 20));
        publisher.awaitTopics(Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() throws Exception {
        publisher.close();
        directory.close();
        broker.kill();
    }

    @Test
    void everyBatchArrivesOnceAndInOrder() throws Exception {
        offer(300);
        broker.kill();
        offerUntil(() -> publisher.awaySinceNanos() != 0);
        offer(900); // far more than is held in flight
        assertThat(publisher.waiting().spooledEvents()).isPositive();
        assertThat(publisher.waiting().bytes()).isLessThan(5 << 20);
        publisher.report(new byte[] {1});
        broker.start();
        offer(300);
        await(() -> publisher.waiting().events() == 0);

        assertThat(publisher.awaySinceNanos()).isZero();
        assertThat(publisher.counts().events()).isEqualTo(accepted);
        assertThat(publisher.counts().lost()).isZero();
        assertThat(publisher.waiting()).isEqualTo(BatchPublisher.Waiting.NOTHING);
        for (List<Long> lane : arrived().values()) {
            assertThat(lane).containsExactlyElementsOf(range(lane.size()));
        }
    }

    @Test
    void aBrokerThatDiesAgainAndAgainWhileTheSpoolIsReadRepeatsNothing() throws Exception {
        for (int round = 0; round < 3; round++) {
            broker.kill();
            offerUntil(() -> publisher.awaySinceNanos() != 0);
            offer(600);
            broker.start();
            long before = publisher.counts().events();
            await(() -> publisher.counts().events() > before);
        }
        await(() -> publisher.waiting().events() == 0);

        assertThat(publisher.counts().events()).isEqualTo(accepted);
        for (List<Long> lane : arrived().values()) {
            assertThat(lane).containsExactlyElementsOf(range(lane.size()));
        }
    }

    @Test
    void whatIsLeftAtAStopIsPublishedByTheNextRunFirst() throws Exception {
        offer(30);
        await(() -> publisher.waiting().events() == 0);
        broker.kill();
        offerUntil(() -> publisher.awaySinceNanos() != 0);
        offer(300);
        publisher.flush(Duration.ofMinutes(1)); // returns at once: what waits is on disk
        long left = publisher.waiting().events();
        publisher.close();
        directory.close();

        broker.start();
        openPublisher();
        offer(30);
        await(() -> publisher.waiting().events() == 0 && publisher.counts().inheritedEvents() == left);

        assertThat(publisher.counts().events()).isEqualTo(30 * EVENTS);
        for (List<Long> lane : arrived().values()) {
            assertThat(lane).containsExactlyElementsOf(range(lane.size()));
        }
    }

    private void offer(int batches) {
        for (int i = 0; i < batches; i++) {
            offerOne();
        }
    }

    private void offerUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            offerOne();
            LockSupport.parkNanos(2_000_000);
        }
    }

    private void offerOne() {
        int lane = (int) (accepted / EVENTS % LANES);
        Batch batch = batch(lane, sequences[lane]++);
        while (!publisher.offer(batch)) {
            Thread.onSpinWait();
        }
        accepted += batch.events();
        publisher.poll();
    }

    private void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            publisher.poll();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private Batch batch(int lane, long sequence) {
        writer.begin(new BatchHeader("web-1", lane, sequence, 1, sequence * EVENTS, 1));
        for (int i = 0; i < EVENTS; i++) {
            writer.beginEvent(EventType.OPENAT.number(), 1, -1, 1, 0, 0);
            writer.arguments(0);
            writer.paths(1);
            byte[] path = Long.toHexString(random.nextLong()).repeat(8).getBytes(StandardCharsets.US_ASCII);
            writer.path(path, 0, path.length);
            writer.noDescriptor();
        }
        return new Batch(lane, writer.finish(0, 7), EVENTS);
    }

    private static List<Long> range(int end) {
        return LongStream.range(0, end).boxed().toList();
    }

    /// The sequences that are on the topic, in their order, by lane; all that were sent are there.
    private Map<Integer, List<Long>> arrived() {
        Map<Integer, List<Long>> lanes = new HashMap<>();
        BatchCursor cursor = new BatchCursor();
        TopicRecords.committed(broker.bootstrapServers(), Topics.EVENTS_SYSCALL.name())
                .forEach(record -> {
                    cursor.wrap(record.value());
                    lanes.computeIfAbsent(cursor.lane(), lane -> new ArrayList<>())
                            .add(cursor.sequence());
                });
        for (int lane = 0; lane < LANES; lane++) {
            assertThat(lanes.get(lane)).hasSize((int) sequences[lane]);
        }
        return lanes;
    }
}
