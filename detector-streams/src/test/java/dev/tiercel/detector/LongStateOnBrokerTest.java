package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.PrivatePages.PageRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that opens so many files with long names that the state of its key is larger than a record may be.
final class LongStateOnBrokerTest {
    private static final int BATCHES = 10;
    private static final int OF_BATCH = 50;
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String RULES = """
            - signal: File opened
              condition: evt.type = openat and fd.name startswith /x
            - correlation: File never opened before
              desc: a program opens a file that it has not opened before
              type: first_seen
              rules: File opened
              group-by: [proc.name]
              field: fd.name
              learn: 1m
              timespan: 10m
              output: "%proc.name opened %fd.name"
              priority: NOTICE
            """;

    @TempDir
    private Path folder;

    @Test
    void stopsNoDetector() throws Exception {
        try (Cluster cluster = new Cluster(folder);
                Metrics metrics = new Metrics();
                Metrics others = new Metrics()) {
            cluster.publish(RULES);
            try (Detector detector = detector(cluster, metrics)) {
                detector.start();
                for (int batch = 0; batch < BATCHES; batch++) send(cluster, batch);
                awaitLearnt(detector, BATCHES);
                assertThat(detector.check().healthy()).isTrue();
            }
            try (Detector restarted = detector(cluster, others)) {
                restarted.start();
                send(cluster, BATCHES);
                awaitLearnt(restarted, BATCHES + 1);
            }
        }
    }

    /// One that commits often, so that there is something to see.
    private Detector detector(Cluster cluster, Metrics metrics) {
        Map<String, String> kafka = new HashMap<>(cluster.kafka());
        kafka.put("commit.interval.ms", "500");
        return new Detector(Cluster.config(folder.resolve("state")), kafka, cluster.registry(), metrics);
    }

    /// What is committed is in the changelog. Matches wait until the clocks
    /// of their source have passed them.
    private static void awaitLearnt(Detector detector, int batches) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        PageRequest request = PageRequest.of(List.of("File never opened before", "cat"), 1);
        String page;
        JsonNode key;
        do {
            Thread.sleep(100);
            page = detector.page(request).json();
            key = new ObjectMapper().readTree(page).path("keys").path(0);
        } while (known(key) < batches * OF_BATCH && System.nanoTime() < end);
        assertThat(known(key)).as(page).isEqualTo(batches * OF_BATCH);
        assertThat(key.path("bytes").asInt()).isGreaterThan(1 << 20);
    }

    private static int known(JsonNode key) {
        return key.path("held").asInt() + key.path("waiting").asInt();
    }

    private static void send(Cluster cluster, int batch) throws Exception {
        SampleBatch opened = new SampleBatch("cat", 7 + batch);
        for (int file = 0; file < OF_BATCH; file++) opened.open("/x" + "y".repeat(4_000) + batch + "-" + file);
        byte[] finished = opened.finish(0, cluster.batchSchemaId());
        try (Producer<byte[], byte[]> producer = cluster.producer()) {
            producer.send(new ProducerRecord<>(Topics.EVENTS_SYSCALL.name(), Cluster.utf8("web-1/0"), finished))
                    .get();
        }
    }
}
