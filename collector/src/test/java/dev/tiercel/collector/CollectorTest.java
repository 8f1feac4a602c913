package dev.tiercel.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.collector.capture.RecordSource;
import dev.tiercel.collector.container.ContainerOptions;
import dev.tiercel.kevent.KeventHandler;
import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.SensorReport;
import dev.tiercel.schemas.avro.WatchGap;
import dev.tiercel.service.Settings;
import dev.tiercel.testkit.TestBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole collector against a real broker.
@Timeout(120)
class CollectorTest {
    private static final int EVENTS = 5_000;

    @TempDir
    Path etc;

    @Test
    void publishesARecordingToItsEndAndReports() throws Exception {
        TestBroker broker = TestBroker.shared();
        Topics.create(broker.admin(), 1);
        EncodedSource source = new EncodedSource();
        for (int i = 0; i < EVENTS; i++) {
            RecordText.parse("open pid=1 tid=1 start=1 nr=257 ret=-2 dirfd=-100 path=/file/" + i)
                    .forEach(source::add);
        }
        source.ended = true;
        try (InMemoryRegistry registry = new InMemoryRegistry();
                Collector collector = new Collector(
                        config(Map.of("kafka.bootstrap.servers", broker.bootstrapServers())), source, registry)) {
            collector.start();
            CollectorCounts counts = collector.completion().get(100, TimeUnit.SECONDS);

            assertThat(counts.published()).isEqualTo(EVENTS);
            assertThat(collector.check().healthy()).isTrue();
            List<ConsumerRecord<byte[], byte[]>> batches = withKey("web-1/0", broker, Topics.EVENTS_SYSCALL);
            assertThat(batches).hasSize((int) counts.batches());
            assertThat(batches)
                    .extracting(batch -> BatchDump.decode(batch.value()).get("sequence"))
                    .containsExactlyElementsOf(java.util.stream.LongStream.range(0, batches.size())
                            .boxed()
                            .toList());
            assertReported(broker, registry);
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> withKey(String key, TestBroker broker, Topic topic) {
        return broker.readAll(topic.name()).stream()
                .filter(found -> new String(found.key(), StandardCharsets.UTF_8).equals(key))
                .toList();
    }

    private static void assertReported(TestBroker broker, InMemoryRegistry registry) {
        AvroSerde<SensorReport> serde = AvroSerde.of(SensorReport.class, registry, Topics.SENSORS);
        SensorReport last =
                serde.read(withKey("web-1", broker, Topics.SENSORS).getLast().value());
        assertThat(last.getNode()).isEqualTo("web-1");
        assertThat(last.getPublished()).isEqualTo(EVENTS);
        assertThat(last.getDrained()).isEqualTo(EVENTS);
    }

    @Test
    void aRestartIsAGapThatReportsAndTheFirstBatchesCarry() throws Exception {
        TestBroker broker = TestBroker.shared();
        Topics.create(broker.admin(), 1);
        Map<String, String> settings = Map.of(
                "kafka.bootstrap.servers", broker.bootstrapServers(),
                "collector.node", "restarted",
                "collector.state-dir", etc.resolve("state").toString());
        long before = System.currentTimeMillis();
        try (InMemoryRegistry registry = new InMemoryRegistry()) {
            runLive(config(settings), registry);
            runLive(config(settings), registry);

            AvroSerde<SensorReport> serde = AvroSerde.of(SensorReport.class, registry, Topics.SENSORS);
            List<SensorReport> reports = broker.readAll(Topics.SENSORS.name()).stream()
                    .map(report -> serde.read(report.value()))
                    .filter(report -> report.getNode().equals("restarted"))
                    .toList();
            assertThat(reports.getFirst().getGap()).isNull();
            WatchGap gap = reports.getLast().getGap();
            assertThat(gap.getReason()).isEqualTo("stopped");
            assertThat(gap.getFrom()).isBetween(before * 1_000_000, gap.getTo());
            assertThat(gap.getTo()).isEqualTo(reports.getLast().getCollectorStart());
            assertThat(broker.readAll(Topics.EVENTS_SYSCALL.name()).stream()
                            .map(batch -> BatchDump.decode(batch.value()))
                            .filter(batch -> batch.get("node").toString().equals("restarted"))
                            .map(batch -> batch.get("unwatchedSince")))
                    .containsExactly(0L, gap.getFrom());
        }
    }

    private static void runLive(CollectorConfig config, InMemoryRegistry registry) throws Exception {
        EncodedSource source = new EncodedSource() {
            @Override
            public boolean live() {
                return true;
            }
        };
        RecordText.parse("open pid=1 tid=1 start=1 nr=257 ret=-2 dirfd=-100 path=/x")
                .forEach(source::add);
        source.ended = true;
        try (Collector collector = new Collector(config, source, registry)) {
            collector.start();
            assertThat(collector.completion().get(100, TimeUnit.SECONDS).published())
                    .isEqualTo(1);
        }
    }

    @Test
    void withoutABrokerItAcceptsALimitedNumberAndCloses() throws Exception {
        EncodedSource source = new EncodedSource();
        RecordText.parse("open pid=1 tid=1 start=1 nr=257 ret=-2 dirfd=-100 path=/x")
                .forEach(source::add);
        Map<String, String> unreachable = Map.of(
                "kafka.bootstrap.servers",
                "127.0.0.1:1",
                "kafka.max.block.ms",
                "10",
                "collector.stop-timeout",
                "100ms");
        try (InMemoryRegistry registry = new InMemoryRegistry()) {
            Collector collector = new Collector(config(unreachable), source, registry);
            collector.start();
            collector.close();

            CollectorCounts counts = collector.counts();
            assertThat(counts.published()).isZero();
            assertThat(counts.drained()).isEqualTo(counts.pending() + counts.droppedTotal());
            assertThat(collector.check().detail()).as("description after close").startsWith("encoded records");
        }
    }

    @Test
    void reportsTheFailureOfItsSource() throws Exception {
        CompletableFuture<Throwable> reported = new CompletableFuture<>();
        RecordSource dying = new EncodedSource() {
            @Override
            public int drain(KeventHandler handler, int limit) {
                throw new IllegalStateException("ring positions make no sense");
            }
        };
        try (InMemoryRegistry registry = new InMemoryRegistry();
                Collector collector =
                        new Collector(config(Map.of("kafka.bootstrap.servers", "127.0.0.1:1")), dying, registry)) {
            collector.onFailure(reported::complete);
            collector.start();

            assertThat(reported.get(60, TimeUnit.SECONDS)).hasMessageContaining("ring positions");
            assertThat(collector.check().healthy()).isFalse();
            assertThatThrownBy(() -> collector.completion().get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void whateverItsThreadThrowsIsItsFailure() throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        RecordSource dying = new EncodedSource() {
            @Override
            public int drain(KeventHandler handler, int limit) {
                throw sneaky(new IOException("undeclared"));
            }
        };
        try (InMemoryRegistry registry = new InMemoryRegistry();
                Collector collector =
                        new Collector(config(Map.of("kafka.bootstrap.servers", "127.0.0.1:1")), dying, registry)) {
            collector.onFailure(told::complete);
            collector.start();

            assertThat(told.get(60, TimeUnit.SECONDS)).hasMessage("undeclared");
            assertThat(collector.check().healthy()).isFalse();
        }
    }

    @Test
    void isUnhealthyOnceTheThreadThatFollowsAnEngineHasDied() throws Exception {
        try (FileSystem zip = FileSystems.newFileSystem(etc.resolve("engines.zip"), Map.of("create", "true"));
                InMemoryRegistry registry = new InMemoryRegistry()) {
            Path noSocket = Files.createFile(zip.getPath("s")); // of a file system that has no sockets
            try (Collector collector = new Collector(following(noSocket), new EncodedSource(), registry)) {
                collector.start();
                awaitUnhealthy(collector);
                assertThat(collector.check().detail()).contains("container-events-docker");
            }
        }
    }

    private static void awaitUnhealthy(Collector collector) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (collector.check().healthy()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
        throw (T) failure;
    }

    private CollectorConfig following(Path engine) {
        CollectorConfig other = config(Map.of("kafka.bootstrap.servers", "127.0.0.1:1"));
        return new CollectorConfig(
                other.node(),
                other.drainLimit(),
                other.poll(),
                other.heartbeat(),
                other.lanes(),
                other.batch(),
                other.nodeState(),
                new ContainerOptions(
                        List.of(new ContainerOptions.Engine("docker", engine)),
                        other.containers().engineTimeout(),
                        other.containers().proc(),
                        other.containers().capacity()),
                other.probe(),
                other.stopTimeout(),
                other.state(),
                other.cloud(),
                other.kafka());
    }

    private CollectorConfig config(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "collector.etc", etc.toString(),
                "collector.proc", etc.resolve("no-proc").toString(),
                "collector.container.engines", ""));
        settings.putAll(more);
        return CollectorConfig.from(Settings.of(settings));
    }
}
