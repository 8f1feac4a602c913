package dev.tiercel.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.collector.capture.RecordSource;
import dev.tiercel.kevent.KeventHandler;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.InMemoryRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.SensorReport;
import dev.tiercel.service.Settings;
import dev.tiercel.testkit.TestBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
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
            List<ConsumerRecord<byte[], byte[]>> batches = broker.readAll(Topics.EVENTS_SYSCALL.name());
            assertThat(batches).hasSize((int) counts.batches());
            assertThat(batches)
                    .allSatisfy(batch -> assertThat(new String(batch.key(), StandardCharsets.UTF_8))
                            .isEqualTo("web-1/0"));
            assertThat(batches)
                    .extracting(batch -> BatchDump.decode(batch.value()).get("sequence"))
                    .containsExactlyElementsOf(java.util.stream.LongStream.range(0, batches.size())
                            .boxed()
                            .toList());
            assertReported(broker, registry);
        }
    }

    private static void assertReported(TestBroker broker, InMemoryRegistry registry) {
        AvroSerde<SensorReport> serde = AvroSerde.of(SensorReport.class, registry, Topics.SENSORS);
        SensorReport last =
                serde.read(broker.readAll(Topics.SENSORS.name()).getLast().value());
        assertThat(last.getNode()).isEqualTo("web-1");
        assertThat(last.getPublished()).isEqualTo(EVENTS);
        assertThat(last.getDrained()).isEqualTo(EVENTS);
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

    private CollectorConfig config(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "collector.etc", etc.toString(),
                "collector.proc", etc.resolve("no-proc").toString(),
                "collector.container.engines", ""));
        settings.putAll(more);
        return CollectorConfig.from(Settings.of(settings));
    }
}
