package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.EventAddress;
import dev.tiercel.service.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Kafka Streams leaves out is judged all the same, once and in order.
final class LeftOutTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int BATCHES = 40;

    @AutoClose
    private final Metrics metrics = new Metrics();

    @TempDir
    private Path folder;

    @AutoClose
    private Cluster cluster;

    @BeforeEach
    void open() {
        cluster = new Cluster(folder);
        cluster.publish(RuleTexts.SHADOW);
    }

    /// Records 10 to 19 and, at a start, the first ones are fetched but never handed to the topology.
    @Test
    void batchesThatTheStreamJumpsOverAreJudgedInTheirPlace() {
        send(21);
        try (Detector detector = detector(JumpsOver.class)) {
            detector.start();
            assertThat(judgedOffsets(21)).containsExactlyElementsOf(offsets(0, 21));
        }
        send(BATCHES - 21);
        try (Metrics second = new Metrics();
                Detector restarted = detector(JumpsOverFirst.class, second)) {
            restarted.start();
            assertThat(judgedOffsets(BATCHES)).containsExactlyElementsOf(offsets(0, BATCHES));
            assertThat(second.scrape())
                    .contains("detector_offsets_left_out_total 3.0", "detector_offsets_caught_up_total 3.0");
        }
        assertThat(metrics.scrape())
                .contains("detector_offsets_left_out_total 10.0", "detector_offsets_caught_up_total 10.0");
    }

    /// Deleted before they were judged: they cannot be, which is counted, and alerts of the lane say it.
    @Test
    void whatHasExpiredIsCountedAndTheNextAlertsSaySo() throws Exception {
        send(5);
        try (Detector detector = detector(Nothing.class)) {
            detector.start();
            assertThat(judgedOffsets(5)).hasSize(5);
        }
        send(5);
        try (Admin admin = Admin.create(Map.copyOf(cluster.kafka()))) {
            TopicPartition at = new TopicPartition(Topics.EVENTS_SYSCALL.name(), 0);
            admin.deleteRecords(Map.of(at, RecordsToDelete.beforeOffset(8)))
                    .all()
                    .get();
        }
        try (Metrics second = new Metrics();
                Detector restarted = detector(Nothing.class, second)) {
            restarted.start();
            List<Alert> alerts = alerts(7);
            assertThat(alerts)
                    .extracting(Alert::getEvidenceComplete)
                    .containsExactly(true, true, true, true, true, false, true);
            assertThat(second.scrape())
                    .contains("detector_offsets_left_out_total 3.0", "detector_offsets_caught_up_total 0.0");
        }
    }

    private Detector detector(Class<? extends JumpsOver> fault) {
        return detector(fault, metrics);
    }

    private Detector detector(Class<? extends JumpsOver> fault, Metrics counts) {
        Map<String, String> kafka = new HashMap<>(cluster.kafka());
        kafka.put("main.consumer.interceptor.classes", fault.getName());
        return new Detector(Cluster.config(folder.resolve("state")), kafka, cluster.registry(), counts);
    }

    private int sent;

    private void send(int count) {
        int schema = cluster.batchSchemaId();
        try (Producer<byte[], byte[]> producer = cluster.producer()) {
            for (int i = 0; i < count; i++) {
                byte[] batch =
                        new SampleBatch("cat", sent++).open("/etc/shadow").finish(0, schema);
                var _ = producer.send(new ProducerRecord<>(Topics.EVENTS_SYSCALL.name(), 0, null, batch));
            }
        }
    }

    private List<Long> judgedOffsets(int count) {
        return alerts(count).stream()
                .map(alert -> alert.getEvents().getFirst())
                .map(EventAddress::getOffset)
                .toList();
    }

    private List<Alert> alerts(int count) {
        return cluster.first(Topics.ALERTS, count, LIMIT).stream()
                .map(record -> cluster.serdes().alerts().read(record.value()))
                .toList();
    }

    private static List<Long> offsets(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    /// A consumer that fetches records and does not return some: 10 to 19.
    public static class JumpsOver implements ConsumerInterceptor<byte[], byte[]> {
        boolean leavesOut(long offset) {
            return offset >= 10 && offset < 20;
        }

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> kept = new LinkedHashMap<>();
            for (TopicPartition at : records.partitions()) {
                List<ConsumerRecord<byte[], byte[]>> rest = new ArrayList<>(records.records(at));
                rest.removeIf(record -> leavesOut(record.offset()));
                if (!rest.isEmpty()) kept.put(at, rest);
            }
            return new ConsumerRecords<>(kept, records.nextOffsets());
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> settings) {}
    }

    /// Leaves out the first three records after a restart.
    public static final class JumpsOverFirst extends JumpsOver {
        @Override
        boolean leavesOut(long offset) {
            return offset >= 21 && offset < 24;
        }
    }

    /// Leaves out nothing.
    public static final class Nothing extends JumpsOver {
        @Override
        boolean leavesOut(long offset) {
            return false;
        }
    }
}
