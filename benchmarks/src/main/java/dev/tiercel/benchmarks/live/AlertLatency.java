package dev.tiercel.benchmarks.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.benchmarks.TemporaryFolder;
import dev.tiercel.benchmarks.TopicConsumer;
import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.collector.Collector;
import dev.tiercel.collector.CollectorConfig;
import dev.tiercel.collector.capture.ProbeSource;
import dev.tiercel.detector.Detector;
import dev.tiercel.detector.DetectorConfig;
import dev.tiercel.detector.publication.RulePublisher;
import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.rules.DefaultRules;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Lifecycle;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Latency from the return of a system call to the arrival of its alert at a read_committed consumer: p50 and p99.
///
/// `java -cp … dev.tiercel.benchmarks.AlertLatency [events per second] [seconds] [seconds of warm-up]`, as root.
///
/// All parts are real and in one JVM, as in `tiercel up`; the load is a separate process. Target: p99 ≤ 150 ms at
/// 5,000 events per second.
public final class AlertLatency {
    private static final int MARKERS_PER_SECOND = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final int perSecond;
    private final int warmUpSeconds;
    private final int seconds;

    AlertLatency(Path folder, int perSecond, int warmUpSeconds, int seconds) {
        this.folder = folder;
        this.perSecond = perSecond;
        this.warmUpSeconds = warmUpSeconds;
        this.seconds = seconds;
    }

    /// Runs it and prints the figures.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int perSecond = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5_000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
        int warmUpSeconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 30;
        try (TemporaryFolder folder = TemporaryFolder.create("tiercel-latency")) {
            new AlertLatency(folder.path(), perSecond, warmUpSeconds, seconds).run();
        }
        System.exit(0);
    }

    /// @throws IllegalStateException if a marker did not become an alert, or one did twice
    void run() throws IOException, InterruptedException {
        try (EmbeddedBroker broker = EmbeddedBroker.startInsecure(folder.resolve("broker"), 0);
                Metrics metrics = new Metrics()) {
            Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(Map.copyOf(kafka))) {
                Topics.create(admin, 1);
            }
            try (EmbeddedRegistry registry = EmbeddedRegistry.open(kafka);
                    Lifecycle pipeline = new Lifecycle()) {
                Collector collector = start(pipeline, kafka, registry, metrics);
                measure(kafka);
                System.out.println(collector.counts());
            }
        }
    }

    private Collector start(Lifecycle pipeline, Map<String, String> kafka, EmbeddedRegistry registry, Metrics metrics) {
        Settings settings = Settings.of(Map.of(
                "detector.state-dir",
                folder.resolve("state").toString(),
                "collector.state-dir",
                folder.resolve("collector").toString(),
                "kafka.bootstrap.servers",
                kafka.get("bootstrap.servers")));
        DetectorConfig detector = DetectorConfig.from(settings);
        CollectorConfig collector = CollectorConfig.from(settings);
        settings.requireValid();
        try (RulePublisher publisher =
                new RulePublisher(kafka, registry, detector.judging().compileOptions(), "benchmark")) {
            publisher.publish(rules());
        }
        pipeline.start(new Detector(detector, kafka, registry, metrics));
        Collector started = new Collector(collector, ProbeSource.open(collector.probe()), registry);
        pipeline.start(started);
        System.out.println(started.describe());
        return started;
    }

    private List<RuleFile> rules() {
        List<RuleFile> files = new ArrayList<>(DefaultRules.files());
        files.addFirst(new RuleFile("marker.yaml", MarkerRule.text(folder)));
        return files;
    }

    private void measure(Map<String, String> kafka) throws IOException {
        try (Consumer<byte[], byte[]> alerts = TopicConsumer.committed(Topics.ALERTS_JSON, kafka);
                LoadProcess load = LoadProcess.start(folder)) {
            load.rate(Integer.toString(perSecond), MARKERS_PER_SECOND);
            List<Long> warmUp = read(alerts, Long.MAX_VALUE, Duration.ofSeconds(warmUpSeconds));
            List<Long> measured = read(alerts, Long.MAX_VALUE, Duration.ofSeconds(seconds));
            long markers = load.rate("0", 0).markers();
            measured.addAll(read(alerts, markers - warmUp.size() - measured.size(), Duration.ofSeconds(30)));
            int arrived = warmUp.size() + measured.size();
            System.out.printf("%d of %d markers became alerts%n", arrived, markers);
            if (arrived != markers) throw new IllegalStateException(arrived + " alerts for " + markers + " markers");
            report("warm-up", new Latencies(warmUp));
            report("measured", new Latencies(measured));
        }
    }

    /// Nanoseconds from the event's time to now, for each marker in the order of arrival.
    ///
    /// @param count at which it ends before `limit`
    private static List<Long> read(Consumer<byte[], byte[]> alerts, long count, Duration limit) throws IOException {
        List<Long> latencies = new ArrayList<>();
        long deadline = System.nanoTime() + limit.toNanos();
        while (latencies.size() < count && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : alerts.poll(Duration.ofMillis(100))) {
                Instant now = Instant.now();
                JsonNode alert = JSON.readTree(record.value());
                if (alert.path("rule").asText().equals(MarkerRule.NAME)) {
                    Instant then = Instant.parse(alert.path("time").asText());
                    latencies.add(Duration.between(then, now).toNanos());
                }
            }
        }
        return latencies;
    }

    private static void report(String phase, Latencies latencies) {
        System.out.printf("%-9s %s%n", phase, latencies.text());
    }
}
