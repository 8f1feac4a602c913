package dev.tiercel.benchmarks;

import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.detector.Detector;
import dev.tiercel.detector.DetectorConfig;
import dev.tiercel.detector.publication.RulePublisher;
import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.schemas.BatchVersions;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Matches per second of one detector thread: events → rules → `matches` → correlation → alerts, exactly once.
///
/// `java -cp … dev.tiercel.benchmarks.CorrelationTopology [events] [fields of group-by]`
///
/// Preloads `events.syscall` of an embedded broker with [SyscallMix]; every open of a file, about half of the
/// events, matches a signal that a correlation counts by key. Times the second half. Target: 50,000 matches per
/// second and core.
public final class CorrelationTopology {
    private static final int TARGET = 50_000;
    private static final int BATCH = 200;
    private static final int NODES = 24;
    private static final String RULES = """
            - signal: File opened
              condition: evt.type in (open, openat, openat2)
            - correlation: Many opens
              desc: many files are opened
              type: event_count
              rules: File opened
              group-by: [KEY]
              timespan: 1m
              condition: {gte: 10000}
              output: many files
              priority: NOTICE
            """;

    private final int batches;
    private final String key;

    CorrelationTopology(int events, String key) {
        batches = events / BATCH;
        this.key = key;
    }

    /// Runs it and prints the figures.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000_000;
        new CorrelationTopology(events, arguments.length > 1 ? arguments[1] : "evt.hostname, proc.pid").run();
        System.exit(0);
    }

    /// @throws IllegalStateException if a match is lost
    void run() throws IOException, InterruptedException {
        try (TemporaryFolder folder = TemporaryFolder.create("tiercel-correlation");
                EmbeddedBroker broker =
                        EmbeddedBroker.startInsecure(folder.path().resolve("broker"), 0)) {
            Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(Map.copyOf(kafka))) {
                Topics.create(admin, 1);
            }
            DetectorConfig config = DetectorConfig.from(Settings.of(
                    Map.of("detector.state-dir", folder.path().resolve("state").toString())));
            try (EmbeddedRegistry registry = EmbeddedRegistry.open(kafka)) {
                load(kafka, new BatchVersions(registry).register());
                correlate(kafka, registry, config);
            }
        }
    }

    private void load(Map<String, String> kafka, int schemaId) {
        List<SyscallMix> nodes = IntStream.range(0, NODES)
                .mapToObj(node -> new SyscallMix("web-" + node, node))
                .toList();
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(Map.copyOf(kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int batch = 0; batch < batches; batch++) {
                int node = batch % NODES;
                var _ = producer.send(new ProducerRecord<>(
                        Topics.EVENTS_SYSCALL.name(),
                        node % Topics.EVENTS_SYSCALL.partitions(),
                        null,
                        nodes.get(node).next(BATCH, schemaId)));
            }
        }
    }

    private void correlate(Map<String, String> kafka, EmbeddedRegistry registry, DetectorConfig config)
            throws InterruptedException {
        try (Metrics metrics = new Metrics();
                RulePublisher publisher =
                        new RulePublisher(kafka, registry, config.judging().compileOptions(), "benchmark");
                Detector detector = new Detector(config, kafka, registry, metrics)) {
            var _ = publisher.publish(List.of(new RuleFile("rules.yaml", RULES.replace("KEY", key))));
            detector.start();
            Sample middle = await(metrics, () -> detector.events() < (long) batches * BATCH / 2);
            Sample end = await(metrics, () -> detector.events() < (long) batches * BATCH || isBehind(metrics));
            double late = MeterSums.sum(metrics, "detector.correlations.late");
            if (end.matches() != MeterSums.sum(metrics, "detector.matches") || late > 0) {
                throw new IllegalStateException("%,.0f matches made, %,.0f used, %,.0f late"
                        .formatted(MeterSums.sum(metrics, "detector.matches"), end.matches(), late));
            }
            report(middle, end);
        }
    }

    private record Sample(long nanos, double matches, ThreadCost stream, ThreadCost producer) {}

    private static boolean isBehind(Metrics metrics) {
        return MeterSums.sum(metrics, "detector.correlations.matches") < MeterSums.sum(metrics, "detector.matches");
    }

    private static Sample await(Metrics metrics, BooleanSupplier busy) throws InterruptedException {
        while (busy.getAsBoolean()) {
            Thread.sleep(1);
        }
        return new Sample(
                System.nanoTime(),
                MeterSums.sum(metrics, "detector.correlations.matches"),
                ThreadCost.of(name -> name.contains("-StreamThread-") && !name.contains("network-thread")),
                ThreadCost.of(name -> name.contains("-StreamThread-") && name.contains("network-thread")));
    }

    private static void report(Sample from, Sample to) {
        double matches = to.matches() - from.matches();
        double seconds = to.stream().since(from.stream()).cpuNanos() / 1e9;
        double both = seconds + to.producer().since(from.producer()).cpuNanos() / 1e9;
        System.out.printf(
                "%,.0f matches, %,.0f a second of wall clock; a CPU-second of the stream thread %,.0f (%.2f of target), with its producer %,.0f%n",
                matches,
                matches / ((to.nanos() - from.nanos()) / 1e9),
                matches / seconds,
                matches / seconds / TARGET,
                matches / both);
    }
}
