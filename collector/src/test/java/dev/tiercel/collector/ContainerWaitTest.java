package dev.tiercel.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.collector.batch.Batch;
import dev.tiercel.collector.container.FakeEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Events of a container wait for its engine's description, and for nothing else.
@Timeout(60)
class ContainerWaitTest {
    private static final String ID = "ab".repeat(32);
    private static final String INSPECT = "/containers/" + ID + "/json";
    private static final String OF_BASH = "open pid=100 tid=100 start=1000000000 cgroupId=20 nr=257 ret=-2 path=/x";
    private static final String OF_CONTAINER = "open pid=3000 tid=3000 start=5 cgroupId=50 nr=257 ret=-2 path=/x";
    private static final String CONTAINER = FakeEngine.ok(
            "{\"Name\":\"/web\",\"State\":{\"StartedAt\":\"2026-01-01T00:00:00Z\"},\"Mounts\":[{\"Destination\":\"/host\"}]}");

    @TempDir
    private Path folder;

    private FakeEngine engine;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("passwd"), "root:x:0:0::/:\n");
        engine = new FakeEngine(folder.resolve("engine"));
        engine.responses.put(INSPECT, "");
    }

    @AfterEach
    void stop() throws IOException {
        engine.close();
    }

    @Test
    void fullBatchesWaitForTheDescriptionAndLeaveInOrder() {
        try (CycleFixture fixture = fixture()) {
            add(fixture, OF_CONTAINER, 25);
            add(fixture, OF_BASH, 10);
            work(fixture, 4_000);
            assertThat(fixture.publisher.batches).isEmpty();

            engine.release(CONTAINER);
            await(fixture, 4);

            assertThat(fixture.publisher.batches).extracting(Batch::events).containsExactly(10, 10, 10, 5);
            assertThat(fixture.publisher.batches)
                    .extracting(batch -> BatchDump.decode(batch.value()).get("sequence"))
                    .containsExactly(0L, 1L, 2L, 3L);
            assertThat(container(fixture, 0).get("name")).hasToString("web");
            assertThat(container(fixture, 2).get("mounts").toString()).contains("/host");
        }
    }

    @Test
    void noBatchWaitsLongerThanTheLimit() {
        try (CycleFixture fixture = fixture()) {
            add(fixture, OF_CONTAINER, 10);
            work(fixture, 4_999);
            add(fixture, OF_CONTAINER, 10);
            work(fixture, 1);
            assertThat(fixture.publisher.batches).hasSize(1);

            work(fixture, 4_998);
            assertThat(fixture.publisher.batches).hasSize(1);
            work(fixture, 1);
            assertThat(fixture.publisher.batches).hasSize(2);
        }
    }

    @Test
    void whatWaitsForAnEngineIsLookedAtAtEachPoll() {
        try (CycleFixture fixture = fixture()) {
            add(fixture, OF_CONTAINER, 1);
            work(fixture, 100);
            fixture.cycle.awaitWork(); // an open batch, overdue
            add(fixture, OF_CONTAINER, 9);
            work(fixture, 100);
            fixture.cycle.awaitWork(); // a full one, and none open

            assertThat(fixture.source.waits).containsExactly("many 20 ms", "many 20 ms");
        }
    }

    @Test
    void waitingBatchesAreBounded() {
        try (CycleFixture fixture = fixture()) {
            add(fixture, OF_CONTAINER, 20_000);
            work(fixture, 0);

            assertThat(fixture.publisher.batches).isNotEmpty();
            assertThat(fixture.cycle.counts().pending() * 10)
                    .as("pending bytes, at ten or more per event")
                    .isLessThan(33 * 16 * 1024);
            fixture.cycle.flush(java.time.Duration.ofSeconds(10));
            assertThat(fixture.events()).hasSize(20_000);
        }
    }

    /// With the container's first process, whose container the engine is queried for.
    private CycleFixture fixture() {
        CycleFixture fixture = new CycleFixture(
                folder,
                Map.of(
                        "collector.container.engines", "docker=" + folder.resolve("engine"),
                        "collector.batch.events", "10",
                        "collector.batch.bytes", "16KiB"));
        fixture.withBash();
        add(
                fixture,
                "process pid=3000 tid=3000 start=5 cgroupId=50 exe=/x cwd=/ cgroup=/docker/%s argv=a|".formatted(ID),
                1);
        return fixture;
    }

    private static void add(CycleFixture fixture, String line, int times) {
        IntStream.range(0, times).forEach(i -> RecordText.parse(line).forEach(fixture.source::add));
    }

    /// Runs the cycle until it is idle, and once more after the given time.
    private static void work(CycleFixture fixture, long laterMillis) {
        int drained = 1;
        while (drained > 0) {
            drained = fixture.cycle.doWork();
        }
        fixture.advanceMillis(laterMillis);
        fixture.cycle.doWork();
    }

    /// Works until this many batches are published; the test's timeout is the limit.
    private static void await(CycleFixture fixture, int batches) {
        while (fixture.publisher.batches.size() < batches) {
            fixture.cycle.doWork();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static GenericRecord container(CycleFixture fixture, int batch) {
        return BatchDump.records(
                        BatchDump.decode(fixture.publisher.batches.get(batch).value()), "containers")
                .getFirst();
    }
}
