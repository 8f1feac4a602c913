package dev.tiercel.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.collector.batch.Batch;
import dev.tiercel.collector.store.WatchMark;
import dev.tiercel.schemas.avro.BrokerOutage;
import dev.tiercel.schemas.avro.SensorReport;
import dev.tiercel.schemas.avro.WatchGap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorCycleTest {
    private static final String OPEN =
            "open pid=100 tid=100 start=1000000000 cgroupId=20 nr=257 ret=-2 dirfd=-100 path=/etc/shadow";

    @TempDir
    Path etc;

    @BeforeEach
    void accounts() throws IOException {
        Files.writeString(etc.resolve("passwd"), "root:x:0:0::/:\n");
    }

    @Test
    void closesABatchAtItsEventLimit() {
        try (CycleFixture fixture =
                fixture(Map.of("collector.batch.events", "10")).withBash()) {
            opens(fixture, 25);
            fixture.run();

            assertThat(fixture.publisher.batches).extracting(Batch::events).containsExactly(10, 10, 5);
            assertThat(fields(fixture, "sequence")).containsExactly(0L, 1L, 2L);
            assertThat(fields(fixture, "firstEvent")).containsExactly(0L, 10L, 20L);
        }
    }

    @Test
    void closesABatchAtItsSizeLimitAndNeverFarAboveIt() {
        try (CycleFixture fixture =
                fixture(Map.of("collector.batch.bytes", "16KiB")).withBash()) {
            opens(fixture, 1000);
            fixture.run();

            assertThat(fixture.publisher.batches).hasSizeGreaterThan(3);
            assertThat(fixture.publisher.batches)
                    .allSatisfy(batch -> assertThat(batch.value()).hasSizeBetween(100, 32 * 1024));
        }
    }

    @Test
    void ancestorsWithLongCommandLinesDoNotOverfillABatch() {
        try (CycleFixture fixture =
                fixture(Map.of("collector.batch.bytes", "32KiB")).withBash()) {
            String argument = "x".repeat(4000);
            for (int pid = 2000; pid < 2030; pid++) {
                int parent = pid == 2000 ? 100 : pid - 1;
                RecordText.parse("process pid=%d tid=%d start=%d ppid=%d parentStart=%d exe=/bin/sh cwd=/ argv=%s|"
                                .formatted(pid, pid, pid, parent, parent == 100 ? 1_000_000_000L : parent, argument))
                        .forEach(fixture.source::add);
            }
            add(fixture, "open pid=2029 tid=2029 start=2029 nr=257 ret=-2 dirfd=-100 path=/x");
            fixture.run();

            assertThat(fixture.publisher.batches).hasSize(1);
            assertThat(fixture.publisher.batches.getFirst().value()).hasSizeLessThan(64 * 1024);
            assertThat(processes(fixture)).hasSizeBetween(5, 15);
        }
    }

    @Test
    void eventsFollowTheWallClockAndKeepTheirOrder() {
        try (CycleFixture fixture = fixture(Map.of()).withBash()) {
            add(fixture, OPEN + " ktime=2000000000");
            fixture.run();
            fixture.source.bootTime -= 3_600_000_000_000L;
            add(fixture, OPEN + " ktime=2000000001");
            fixture.run();

            List<Long> times = fixture.publisher.batches.stream()
                    .map(batch -> BatchDump.decode(batch.value()))
                    .map(batch -> (long) batch.get("baseTime")
                            + (long) BatchDump.records(batch, "events")
                                    .getFirst()
                                    .get("time"))
                    .toList();
            assertThat(times)
                    .containsExactly(
                            EncodedSource.BOOT_TIME + 2_000_000_000L,
                            EncodedSource.BOOT_TIME - 3_600_000_000_000L + 2_000_000_001L);
            assertThat(fields(fixture, "sequence")).containsExactly(0L, 1L);
            assertThat(processes(fixture))
                    .allSatisfy(process ->
                            assertThat((long) process.get("startTime")).isGreaterThan(EncodedSource.BOOT_TIME));
        }
    }

    @Test
    void closesABatchAfterItsLingerTime() {
        try (CycleFixture fixture =
                fixture(Map.of("collector.batch.linger", "20ms")).withBash()) {
            opens(fixture, 1);
            fixture.cycle.doWork();
            fixture.advanceMillis(19);
            fixture.cycle.doWork();
            assertThat(fixture.publisher.batches).isEmpty();

            fixture.advanceMillis(1);
            fixture.cycle.doWork();

            assertThat(fixture.publisher.batches).hasSize(1);
        }
    }

    @Test
    void closesBatchesNoMoreOftenThanTheirInterval() {
        Map<String, String> settings = Map.of("collector.batch.linger", "5ms", "collector.batch.interval", "25ms");
        try (CycleFixture fixture = fixture(settings).withBash()) {
            for (int i = 0; i < 100; i++) {
                opens(fixture, 1);
                fixture.cycle.doWork();
                fixture.advanceMillis(1);
            }

            assertThat(fixture.publisher.batches).hasSize(4); // after 5, 30, 55 and 80 ms
        }
    }

    @Test
    void aBatchOfManyEventsIsDueAfterHalfTheInterval() {
        Map<String, String> settings = Map.of("collector.batch.linger", "5ms", "collector.batch.interval", "40ms");
        try (CycleFixture fixture = fixture(settings).withBash()) {
            for (int i = 0; i < 100; i++) {
                opens(fixture, 4);
                fixture.cycle.doWork();
                fixture.advanceMillis(1);
            }

            assertThat(fixture.publisher.batches).hasSize(5); // after 5, 25, 45, 65 and 85 ms
        }
    }

    @Test
    void anEventAfterAQuietTimeWaitsForItsLingerTimeAlone() {
        Map<String, String> settings = Map.of("collector.batch.linger", "5ms", "collector.batch.interval", "25ms");
        try (CycleFixture fixture = fixture(settings).withBash()) {
            for (int i = 1; i <= 3; i++) {
                opens(fixture, 1);
                fixture.cycle.doWork();
                fixture.advanceMillis(5);
                fixture.cycle.doWork();
                assertThat(fixture.publisher.batches).hasSize(i);
                fixture.advanceMillis(25);
            }
        }
    }

    @Test
    void waitsForTheFirstRecordOnlyWhileNothingIsDue() {
        try (CycleFixture fixture = fixture(Map.of()).withBash()) {
            fixture.advanceMillis(100);
            fixture.cycle.doWork();
            fixture.cycle.awaitWork();
            assertThat(fixture.source.waits).containsExactly("first 100 ms");

            opens(fixture, 1);
            fixture.cycle.doWork();
            fixture.cycle.awaitWork();
            assertThat(fixture.source.waits).containsExactly("first 100 ms", "many 5 ms");
        }
    }

    @Test
    void stopsDrainingWhileBatchesAreRefusedAndLosesNothing() {
        try (CycleFixture fixture = fixture(Map.of("collector.batch.events", "10", "collector.drain-limit", "10"))
                .withBash()) {
            opens(fixture, 100);
            fixture.publisher.refusing = true;
            for (int i = 0; i < 20; i++) {
                fixture.cycle.doWork();
                fixture.advanceMillis(10);
            }
            assertThat(fixture.cycle.counts().drained())
                    .as("at most two cycles drain")
                    .isLessThanOrEqualTo(20);
            assertThat(fixture.cycle.doWork()).isZero();
            fixture.assertCountsAddUp();

            fixture.publisher.refusing = false;
            fixture.run();

            assertThat(fixture.cycle.counts().published()).isEqualTo(100);
            assertThat(fixture.cycle.counts().droppedTotal()).isZero();
        }
    }

    @Test
    void failedBatchesCountAsDropped() {
        try (CycleFixture fixture = fixture(Map.of()).withBash()) {
            opens(fixture, 5);
            fixture.publisher.failing = true;
            fixture.run();

            assertThat(fixture.cycle.counts().dropped()).containsEntry("publish", 5L);
            assertThat(fixture.cycle.counts().pending()).isZero();
        }
    }

    @Test
    void aBatchCarriesTheKernelLossesSinceThePreviousOne() {
        try (CycleFixture fixture = fixture(Map.of()).withBash()) {
            opens(fixture, 1);
            fixture.source.lost = 3;
            fixture.run();
            opens(fixture, 1);
            fixture.run();
            opens(fixture, 1);
            fixture.source.lost = 10;
            fixture.run();

            assertThat(fields(fixture, "lost")).containsExactly(3L, 0L, 7L);
        }
    }

    @Test
    void aContainersEventsStayInOneLaneAndTheHostsInAnother() {
        try (CycleFixture fixture = fixture(Map.of("collector.lanes", "7", "collector.container.wait", "0ms"))
                .withBash()) {
            for (int i = 0; i < 20; i++) {
                String id = "%064x".formatted(i);
                add(
                        fixture,
                        "process pid=%d tid=%d start=5 cgroupId=%d ppid=100 parentStart=1000000000 cgroup=/docker/%s argv=a|"
                                .formatted(3000 + i, 3000 + i, 50 + i, id));
                add(
                        fixture,
                        "open pid=%d tid=%d start=5 cgroupId=%d nr=257 ret=-2 dirfd=-100 path=/%d"
                                .formatted(3000 + i, 3000 + i, 50 + i, i));
            }
            opens(fixture, 3);
            fixture.run();

            assertThat(fixture.publisher.batches)
                    .extracting(Batch::lane)
                    .doesNotHaveDuplicates()
                    .hasSizeGreaterThan(2);
            assertThat(fixture.events()).hasSize(23);
        }
    }

    @Test
    void waitsForANewContainersNameUpToTheLimit() {
        try (CycleFixture fixture =
                fixture(Map.of("collector.container.wait", "200ms")).withBash()) {
            fixture.cycle.doWork();
            add(
                    fixture,
                    "process pid=3000 tid=3000 start=5 cgroupId=50 cgroup=/docker/%s argv=a|"
                            .formatted("ab".repeat(32)));
            add(fixture, "open pid=3000 tid=3000 start=5 cgroupId=50 nr=257 ret=-2 dirfd=-100 path=/x");
            fixture.cycle.doWork();
            // another thread reads its account files, and may or may not have finished
            fixture.advanceMillis(201);
            fixture.cycle.doWork();

            assertThat(fixture.publisher.batches).hasSize(1);
        }
    }

    @Test
    void flushPublishesEverythingAndReports() {
        try (CycleFixture fixture =
                fixture(Map.of("collector.batch.linger", "1h")).withBash()) {
            opens(fixture, 3);
            fixture.source.ended = true;
            fixture.cycle.flush(java.time.Duration.ofSeconds(10));

            assertThat(fixture.cycle.finished()).isTrue();
            assertThat(fixture.cycle.counts().published()).isEqualTo(3);
            assertThat(fixture.publisher.reports).isNotEmpty();
        }
    }

    @Test
    void heartbeatsCarryCountsThatAddUp() {
        EncodedSource source = new EncodedSource().add(new byte[40]);
        CollectorCounts counts =
                new CollectorCounts(100, 60, 10, 20, Map.of("unknown-type", 7L), Map.of("publish", 3L), 4, 5000, 9, 2);
        WatchMark.Gap gap = new WatchMark.Gap(1, 2, "killed");
        SensorReport report = new SensorReports("web-1", 1, Optional.of(gap), source)
                .report(counts, new CapturingPublisher(), List.of(), 2);

        assertThat(explained(report)).isEqualTo(report.getDrained()).isEqualTo(100);
        assertThat(report.getPending()).isEqualTo(10);
        assertThat(report.getGap()).isEqualTo(new WatchGap(1L, 2L, "killed"));
        assertThat(report.getKernel()).extracting("name").containsExactly("process", "open", "file", "net", "other");
        assertThat(report.getLag()).isEqualTo(40);
    }

    private static long explained(SensorReport report) {
        return report.getPublished()
                + report.getPending()
                + report.getStateOnly()
                + report.getIgnored().values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                + report.getDropped().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
    }

    @Test
    void aBatchThatVanishesShowsInTheCounts() {
        try (CycleFixture fixture = fixture(Map.of())) {
            fixture.publisher.forgetting = true;
            opens(fixture, 3);
            fixture.run();

            CollectorCounts counts = fixture.cycle.counts();
            assertThat(counts.pending()).isZero();
            assertThat(counts.drained() - counts.published() - counts.stateOnly())
                    .isEqualTo(3);
            fixture.publisher.forgetting = false;
            fixture.publisher.found(3);
        }
    }

    @Test
    void reportsAnOutageOnceItHasEnded() {
        CapturingPublisher publisher = new CapturingPublisher();
        long[] lost = {5};
        Outages outages = new Outages(publisher, () -> lost[0]);
        assertThat(outages.ended(10)).isFalse();
        publisher.awaySince = 7;
        assertThat(outages.ended(10)).isFalse();
        lost[0] = 8;
        assertThat(outages.ended(20)).isFalse();
        publisher.awaySince = 0;
        lost[0] = 9;
        assertThat(outages.ended(30)).isTrue();
        assertThat(outages.ended(40)).isFalse();

        assertThat(outages.take()).containsExactly(new BrokerOutage(7L, 30L, 0L, 4L));
        assertThat(outages.take()).isEmpty();
    }

    private CycleFixture fixture(Map<String, String> settings) {
        return new CycleFixture(etc, settings);
    }

    private static void opens(CycleFixture fixture, int count) {
        IntStream.range(0, count).forEach(i -> add(fixture, OPEN));
    }

    private static void add(CycleFixture fixture, String line) {
        RecordText.parse(line).forEach(fixture.source::add);
    }

    private static List<Object> fields(CycleFixture fixture, String name) {
        return fixture.publisher.batches.stream()
                .map(batch -> BatchDump.decode(batch.value()).get(name))
                .toList();
    }

    private static List<GenericRecord> processes(CycleFixture fixture) {
        return BatchDump.records(
                BatchDump.decode(fixture.publisher.batches.getFirst().value()), "processes");
    }
}
