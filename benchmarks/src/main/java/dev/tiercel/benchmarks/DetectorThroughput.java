package dev.tiercel.benchmarks;

import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.detector.Detector;
import dev.tiercel.detector.DetectorConfig;
import dev.tiercel.detector.RulePublisher;
import dev.tiercel.detector.RuleSources;
import dev.tiercel.rules.DefaultRules;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.schemas.BatchVersions;
import dev.tiercel.schemas.EmbeddedRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// How many events a second one detector thread judges: Kafka → batch cursor → all rules → alerts, exactly once.
///
/// `java -cp … dev.tiercel.benchmarks.DetectorThroughput [events] [batch size] [rules file or directory, besides
/// the default rules …]`
///
/// Preloads `events.syscall` of an embedded broker with [SyscallMix], starts the detector on it, and takes the time
/// of the
/// second half, when the JVM is warm. Target: 200,000 events a second.
public final class DetectorThroughput {
    private static final int TARGET = 200_000;

    private final long events;
    private final int batchSize;
    private final List<Path> rules;

    private DetectorThroughput(long events, int batchSize, List<Path> rules) {
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

    private void run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tiercel-throughput");
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(Map.copyOf(kafka))) {
                Topics.create(admin, 1);
            }
            try (EmbeddedRegistry registry = EmbeddedRegistry.open(kafka)) {
                load(kafka, new BatchVersions(registry).register());
                judge(kafka, registry, folder.resolve("state"));
            }
        } finally {
            delete(folder);
        }
    }

    private void load(Map<String, String> kafka, int schemaId) {
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
                var _ = producer.send(new ProducerRecord<>(
                        Topics.EVENTS_SYSCALL.name(), node % Topics.EVENTS_SYSCALL.partitions(), null, value));
            }
        }
        System.out.printf("loaded %,d events, %d a batch, %d bytes an event%n", events, batchSize, bytes / events);
    }

    private void judge(Map<String, String> kafka, EmbeddedRegistry registry, Path state) throws InterruptedException {
        DetectorConfig config = DetectorConfig.from(Settings.of(Map.of("detector.state-dir", state.toString())));
        List<RuleFile> files = new RuleSources(DefaultRules.files(), rules).read();
        try (Metrics metrics = new Metrics();
                RulePublisher publisher =
                        new RulePublisher(kafka, registry, config.judging().compileOptions(), "benchmark");
                Detector detector = new Detector(config, kafka, registry, metrics)) {
            System.out.println(described(publisher.publish(files)));
            detector.start();
            long whole = events / batchSize * batchSize;
            Sample middle = awaitEvents(detector, metrics, whole / 2);
            Sample end = awaitEvents(detector, metrics, whole);
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
            long nanos, long events, double evaluationNanos, double alerts, long streamCpuNanos, long allCpuNanos) {}

    private static Sample awaitEvents(Detector detector, Metrics metrics, long count) throws InterruptedException {
        while (detector.events() < count) {
            Thread.sleep(1);
        }
        return new Sample(
                System.nanoTime(),
                detector.events(),
                sum(metrics, "detector.evaluation.nanos"),
                sum(metrics, "detector.matches"),
                cpuNanos("StreamThread"),
                cpuNanos("StreamThread") + cpuNanos("kafka-producer-network-thread | tiercel-detector"));
    }

    private static double sum(Metrics metrics, String name) {
        return metrics.registry().find(name).meters().stream()
                .flatMap(meter ->
                        java.util.stream.StreamSupport.stream(meter.measure().spliterator(), false))
                .mapToDouble(measurement -> measurement.getValue())
                .sum();
    }

    private static long cpuNanos(String name) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null
                    && thread.getThreadName().contains(name)
                    && !thread.getThreadName().contains("GlobalStreamThread")) {
                sum += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return sum;
    }

    private static void report(Sample from, Sample to) {
        double judged = to.events() - from.events();
        double wall = (to.nanos() - from.nanos()) / 1e9;
        double stream = (to.streamCpuNanos() - from.streamCpuNanos()) / 1e9;
        double all = (to.allCpuNanos() - from.allCpuNanos()) / 1e9;
        System.out.printf(
                "events/s, wall clock              %,12.0f   (%.2f of target)%n",
                judged / wall, judged / wall / TARGET);
        System.out.printf(
                "events per CPU-second, stream     %,12.0f   (%.2f of target)%n",
                judged / stream, judged / stream / TARGET);
        System.out.printf("events per CPU-second, + producer %,12.0f%n", judged / all);
        System.out.printf(
                "of that judging: ns per event     %,12.0f%n",
                (to.evaluationNanos() - from.evaluationNanos()) / judged);
        System.out.printf(
                "alerts %,.0f, seconds %.2f, stream thread busy %.0f %%%n",
                to.alerts() - from.alerts(), wall, 100 * stream / wall);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
