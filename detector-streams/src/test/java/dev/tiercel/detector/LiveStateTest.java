package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.PrivatePages;
import dev.tiercel.service.PrivatePages.PageRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The state of correlations as interactive queries see it, over two instances.
final class LiveStateTest {
    private static final int KEYS = 40;
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String RULES = """
            - signal: Secret read
              source: k8s_audit
              condition: ka.verb = get
            - correlation: Many secrets
              desc: somebody reads many secrets
              type: event_count
              rules: Secret read
              group-by: [ka.user.name]
              timespan: 10m
              condition: {gte: 3}
              output: "%ka.user.name read secrets"
              priority: WARNING
            """;

    @TempDir
    private Path folder;

    @Test
    void everyKeyIsSeenAtOneInstance() throws IOException {
        try (Cluster cluster = new Cluster(folder);
                Metrics metrics = new Metrics();
                Metrics others = new Metrics();
                Consumer<byte[], byte[]> matches = cluster.committed(Topics.MATCHES)) {
            cluster.publish(RULES);
            try (Detector one = detector(cluster, "one", 1111, metrics);
                    Detector two = detector(cluster, "two", 2222, others)) {
                one.start();
                two.start();
                send(cluster);
                awaitKeys(List.of(one, two), matches);
                both(one, two);
                pageByPage(one, two);
                refused(one, two);
            }
        }
    }

    /// Before clocks of idle sources come, which they do after half a minute.
    @Test
    void tasksAreSeenBeforeAnythingComes() throws Exception {
        try (Cluster cluster = new Cluster(folder);
                Metrics metrics = new Metrics()) {
            cluster.publish(RULES);
            try (Detector detector = detector(cluster, "one", 1111, metrics)) {
                detector.start();
                long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                while (missing(detector) && System.nanoTime() < end) Thread.sleep(50);
                assertThat(missing(detector)).isFalse();
            }
        }
    }

    private static boolean missing(Detector detector) throws IOException {
        PrivatePages.Page page = detector.page(PageRequest.of(List.of("Many secrets"), 1));
        JsonNode shown = new ObjectMapper().readTree(page.json());
        return page.status() != 200
                || shown.path("partitions").size() < shown.path("of").asInt();
    }

    private Detector detector(Cluster cluster, String name, int port, Metrics metrics) {
        return new Detector(
                Cluster.config(folder.resolve(name)),
                Map.of(
                        "bootstrap.servers",
                        cluster.kafka().get("bootstrap.servers"),
                        "application.server",
                        "127.0.0.1:" + port),
                cluster.registry(),
                metrics);
    }

    private static void both(Detector one, Detector two) throws IOException {
        JsonNode overview = ok(one, List.of(), 10);
        assertThat(overview.path("instances"))
                .extracting(JsonNode::asText)
                .containsExactly("127.0.0.1:1111", "127.0.0.1:2222");
        assertThat(overview.path("watermarks").path("k8s_audit").asText()).isNotEmpty();
        TreeSet<String> seen = new TreeSet<>();
        TreeSet<Integer> partitions = new TreeSet<>();
        for (Detector detector : List.of(one, two)) {
            JsonNode page = ok(detector, List.of("Many secrets"), 100);
            page.path("partitions")
                    .forEach(partition ->
                            assertThat(partitions.add(partition.asInt())).isTrue());
            for (JsonNode key : page.path("keys")) {
                assertThat(seen.add(key.path("key").get(0).asText())).isTrue();
                assertThat(key.path("held").asInt()).isEqualTo(2);
                assertThat(key.path("bytes").asInt()).isPositive();
                assertThat(Instant.parse(key.path("since").asText()))
                        .isBefore(Instant.parse(key.path("until").asText()));
            }
        }
        assertThat(seen).hasSize(KEYS);
        assertThat(partitions).hasSize(ok(one, List.of(), 1).path("of").asInt());
        assertThat(size(one, List.of("Many secrets", "user-7"), 1) + size(two, List.of("Many secrets", "user-7"), 1))
                .isOne();
        assertThat(size(one, List.of("Many secrets", "nobody"), 1)).isZero();
        JsonNode limited = ok(one, List.of("Many secrets"), 1);
        assertThat(limited.path("keys")).hasSizeLessThanOrEqualTo(1);
        assertThat(one.page(PageRequest.of(List.of("Many secret"), 1)).status()).isEqualTo(404);
        assertThat(one.page(PageRequest.of(List.of("Many secret"), 1)).json()).contains("[\"Many secrets\"]");
        assertThat(one.page(PageRequest.of(List.of("Many secrets", "a", "b"), 1))
                        .status())
                .isEqualTo(400);
    }

    /// Each key once, in pages of three.
    private static void pageByPage(Detector one, Detector two) throws IOException {
        List<String> seen = new ArrayList<>();
        int pages = 0;
        for (Detector detector : List.of(one, two)) {
            for (int partition : partitions(detector)) {
                String after = "";
                do {
                    JsonNode page = ok(detector, partition, after);
                    assertThat(page.path("partition").asInt()).isEqualTo(partition);
                    assertThat(page.path("keys")).hasSizeLessThanOrEqualTo(3);
                    page.path("keys")
                            .forEach(key -> seen.add(key.path("key").get(0).asText()));
                    after = page.path("next").asText();
                    pages++;
                } while (!after.isEmpty());
            }
        }
        assertThat(seen).doesNotHaveDuplicates().hasSize(KEYS);
        assertThat(pages).isGreaterThanOrEqualTo(KEYS / 3);
    }

    private static JsonNode ok(Detector detector, int partition, String after) throws IOException {
        PrivatePages.Page page = detector.page(PageRequest.of(List.of("Many secrets"), 3, partition, after));
        assertThat(page.status()).as(page.json()).isEqualTo(200);
        return new ObjectMapper().readTree(page.json());
    }

    private static List<Integer> partitions(Detector detector) throws IOException {
        List<Integer> partitions = new ArrayList<>();
        ok(detector, List.of(), 1).path("partitions").forEach(partition -> partitions.add(partition.asInt()));
        return partitions;
    }

    private static void refused(Detector one, Detector two) throws IOException {
        int here = partitions(one).getFirst();
        int there = partitions(two).getFirst();
        assertThat(status(one, List.of("Many secrets"), there, "")).isEqualTo(503);
        assertThat(status(one, List.of("Many secrets"), 999, "")).isEqualTo(400);
        assertThat(status(one, List.of("Many secrets"), here, "\u0000\"")).isEqualTo(400);
        assertThat(status(one, List.of("Many secrets"), here, "dAAAAAA.0")).isEqualTo(400);
        assertThat(status(one, List.of("Many secrets", "user-7"), here, "")).isEqualTo(400);
        assertThat(status(one, List.of(), here, "")).isEqualTo(400);
        assertThat(status(one, List.of("Many"), here, "")).isEqualTo(404);
    }

    private static int status(Detector detector, List<String> path, int partition, String after) throws IOException {
        PrivatePages.Page page = detector.page(PageRequest.of(path, 3, partition, after));
        assertThat(new ObjectMapper().readTree(page.json()).path("error").asText())
                .isNotEmpty();
        return page.status();
    }

    private static int size(Detector detector, List<String> path, int limit) throws IOException {
        return ok(detector, path, limit).path("keys").size();
    }

    private static JsonNode ok(Detector detector, List<String> path, int limit) throws IOException {
        PrivatePages.Page page = detector.page(PageRequest.of(path, limit));
        assertThat(page.status()).as(page.json()).isEqualTo(200);
        return new ObjectMapper().readTree(page.json());
    }

    /// Two matches of each key.
    private static void send(Cluster cluster) {
        var serde = Objects.requireNonNull(cluster.serdes().documents().get("k8s_audit"));
        try (Producer<byte[], byte[]> producer = cluster.producer()) {
            for (int number = 0; number < 2 * KEYS; number++) {
                String user = "user-" + number % KEYS;
                var _ = producer.send(new ProducerRecord<>(
                        Topics.EVENTS_K8S_AUDIT.name(),
                        Cluster.utf8("prod/" + number),
                        serde.write(AuditEvents.event("id-" + number, AuditEvents.now(), user, "get"))));
            }
        }
    }

    /// Until all matches are committed: meanwhile keys may be fewer, and a partition on its way is said as such.
    private static void awaitKeys(List<Detector> detectors, Consumer<byte[], byte[]> matches) throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        List<String> said = new ArrayList<>();
        while (complete(detectors, said) < KEYS) {
            assertThat(System.nanoTime()).as(said.toString()).isLessThan(deadline);
            matches.poll(Duration.ofMillis(200));
        }
    }

    private static long complete(List<Detector> detectors, List<String> said) throws IOException {
        said.clear();
        long complete = 0;
        for (Detector detector : detectors) {
            PrivatePages.Page page = detector.page(PageRequest.of(List.of("Many secrets"), 100));
            said.add(page.json());
            assertThat(page.status()).isIn(200, 404, 503);
            for (JsonNode key : new ObjectMapper().readTree(page.json()).path("keys")) {
                if (key.path("held").asInt() == 2) complete++;
            }
        }
        return complete;
    }
}
