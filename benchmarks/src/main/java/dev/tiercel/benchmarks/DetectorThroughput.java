package dev.tiercel.benchmarks;

import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.detector.Detector;
import dev.tiercel.detector.DetectorConfig;
import dev.tiercel.detector.publication.RulePublisher;
import dev.tiercel.detector.publication.RuleSources;
import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.rules.DefaultRules;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.schemas.BatchVersions;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Events per second of one detector thread: Kafka → batch cursor → all rules → alerts, exactly once.
///
/// `java -cp … dev.tiercel.benchmarks.DetectorThroughput [events] [batch size] [rules file or directory, besides
/// the default rules …]`
///
/// Preloads `events.syscall` of an embedded broker with [SyscallMix], starts the detector on it, and times the second
/// half, when the JVM is warm. Target: 200,000 events per second.
public final class DetectorThroughput {
    private static final int TARGET = 200_000;

    private final long events;
    private final int batchSize;
    private final List<Path> rules;

    DetectorThroughput(long events, int batchSize, List<Path> rules) {
        this.events = events;
        this.batchSize = batchSize;
        this.rules = rules;
    }

    /// Runs it and prints the figures.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        long events = arguments.length > 0 ? Long.parseLong(arguments[0]) : 8_000_000;
        int batchSize = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        List<Path> rules = Arrays.stream(arguments).skip(2).map(Path::of).toList();
        new DetectorThroughput(events, batchSize, rules).run();
        System.exit(0);
    }

    /// @throws IllegalStateException if the detector finds more or less than [ClosureOracle]
    void run() throws IOException, InterruptedException {
        try (TemporaryFolder folder = TemporaryFolder.create("tiercel-throughput");
                EmbeddedBroker broker =
                        EmbeddedBroker.startInsecure(folder.path().resolve("broker"), 0)) {
            Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(Map.copyOf(kafka))) {
                Topics.create(admin, 1);
            }
            try (EmbeddedRegistry registry = EmbeddedRegistry.open(kafka)) {
                DetectorConfig config = DetectorConfig.from(Settings.of(Map.of(
                        "detector.state-dir", folder.path().resolve("state").toString())));
                List<RuleFile> files = new RuleSources(DefaultRules.files(), rules).read();
                ClosureOracle oracle = new ClosureOracle(files, config.judging().compileOptions());
                load(kafka, new BatchVersions(registry).register(), oracle);
                judge(kafka, registry, config, files, oracle);
            }
        }
    }

    private void load(Map<String, String> kafka, int schemaId, ClosureOracle oracle) {
        long bytes = 0;
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(Map.copyOf(kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<SyscallMix> nodes = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                nodes.add(new SyscallMix("web-" + i, i));
            }
            for (long batch = 0; batch < events / batchSize; batch++) {
                int node = (int) (batch % nodes.size());
                byte[] value = nodes.get(node).next(batchSize, schemaId);
                bytes += value.length;
                oracle.judge(value);
                var _ = producer.send(new ProducerRecord<>(
                        Topics.EVENTS_SYSCALL.name(), node % Topics.EVENTS_SYSCALL.partitions(), null, value));
            }
        }
        System.out.printf("loaded %,d events, %d a batch, %d bytes an event%n", events, batchSize, bytes / events);
    }

    private void judge(
            Map<String, String> kafka,
            EmbeddedRegistry registry,
            DetectorConfig config,
            List<RuleFile> files,
            ClosureOracle oracle)
            throws InterruptedException {
        try (Metrics metrics = new Metrics();
                RulePublisher publisher =
                        new RulePublisher(kafka, registry, config.judging().compileOptions(), "benchmark");
                Detector detector = new Detector(config, kafka, registry, metrics)) {
            System.out.println(described(publisher.publish(files)));
            detector.start();
            long whole = events / batchSize * batchSize;
            Sample middle = awaitEvents(detector, metrics, whole / 2);
            Sample end = awaitEvents(detector, metrics, whole);
            oracle.check(end.events(), end.alerts());
            report(middle, end);
            printMatches(metrics);
        }
    }

    private static String described(RulePublisher.Outcome outcome) {
        return switch (outcome) {
            case RulePublisher.Outcome.Published published -> published.rules() + " rules";
            case RulePublisher.Outcome.Unchanged unchanged -> unchanged.rules() + " rules";
            case RulePublisher.Outcome.Refused refused ->
                throw new IllegalArgumentException("rules refused: " + refused.errors());
        };
    }

    private static void printMatches(Metrics metrics) {
        metrics.registry().find("detector.matches").counters().stream()
                .sorted(Comparator.comparingDouble(Counter::count).reversed())
                .forEach(counter -> System.out.printf(
                        "  %,10.0f  %s%n", counter.count(), counter.getId().getTag("rule")));
    }

    private record Sample(
            long nanos, long events, double evaluationNanos, double alerts, ThreadCost stream, ThreadCost producer) {}

    private static Sample awaitEvents(Detector detector, Metrics metrics, long count) throws InterruptedException {
        while (detector.events() < count) {
            Thread.sleep(1);
        }
        return new Sample(
                System.nanoTime(),
                detector.events(),
                MeterSums.sum(metrics, "detector.evaluation.nanos"),
                MeterSums.sum(metrics, "detector.matches"),
                ThreadCost.of(name -> name.contains("-StreamThread-") && !name.contains("network-thread")),
                ThreadCost.of(name -> name.contains("-StreamThread-") && name.contains("network-thread")));
    }

    private static void report(Sample from, Sample to) {
        double judged = to.events() - from.events();
        double wall = (to.nanos() - from.nanos()) / 1e9;
        ThreadCost stream = to.stream().since(from.stream());
        double seconds = stream.cpuNanos() / 1e9;
        double both = seconds + to.producer().since(from.producer()).cpuNanos() / 1e9;
        print("events/s, wall clock", judged / wall, " (%.2f of target)".formatted(judged / wall / TARGET));
        print(
                "events per CPU-second of the stream thread",
                judged / seconds,
                " (%.2f of target)".formatted(judged / seconds / TARGET));
        print("the same with the producer's thread", judged / both, "");
        print("judging, ns of wall clock an event", (to.evaluationNanos() - from.evaluationNanos()) / judged, "");
        print("allocated by the stream thread, bytes an event", stream.allocatedBytes() / judged, "");
        print(
                "alerts",
                to.alerts() - from.alerts(),
                " in %.1f s, stream thread busy %.0f %%".formatted(wall, 100 * seconds / wall));
    }

    private static void print(String what, double value, String remark) {
        System.out.printf("%-46s %,12.0f%s%n", what, value, remark);
    }
}
