package dev.tiercel.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.detector.Detector;
import dev.tiercel.detector.DetectorConfig;
import dev.tiercel.detector.publication.RulePublisher;
import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Time from an event that completes a correlation to its alert in the hands of a consumer that reads what is
/// committed.
///
/// `java -cp … dev.tiercel.benchmarks.CorrelationLatency [seconds] [matches a second]`
///
/// Kubernetes audit events, each of which is a match; every second one of a key completes a correlation. The first
/// third is not counted. Target: p99 of 300 ms at 1,000 matches per second.
public final class CorrelationLatency {
    private static final String RULES = """
            - signal: Secret read
              source: k8s_audit
              condition: ka.verb = get
            - correlation: Two secrets
              desc: two secrets are read
              type: event_count
              rules: Secret read
              group-by: [ka.user.name]
              timespan: 1m
              condition: {gte: 2}
              output: two secrets
              priority: NOTICE
            """;

    private final int events;
    private final int rate;
    private final long[] nanos;

    CorrelationLatency(int seconds, int rate) {
        events = seconds * rate / 2 * 2;
        this.rate = rate;
        nanos = new long[events / 2];
    }

    /// Runs it and prints the figures.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        new CorrelationLatency(seconds, arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000).run();
        System.exit(0);
    }

    /// @throws IllegalStateException if an alert is missing
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
            try (EmbeddedRegistry registry = EmbeddedRegistry.open(kafka);
                    Metrics metrics = new Metrics();
                    RulePublisher publisher =
                            new RulePublisher(kafka, registry, config.judging().compileOptions(), "benchmark");
                    Detector detector = new Detector(config, kafka, registry, metrics)) {
                var _ = publisher.publish(List.of(new RuleFile("rules.yaml", RULES)));
                detector.start();
                measure(kafka, registry);
            }
        }
    }

    private void measure(Map<String, String> kafka, EmbeddedRegistry registry) throws InterruptedException {
        AvroSerde<SourceEvent> serde = AvroSerde.of(SourceEvent.class, registry, Topics.EVENTS_K8S_AUDIT);
        AvroSerde<Alert> alerts = AvroSerde.of(Alert.class, registry, Topics.ALERTS);
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.get("bootstrap.servers"), "linger.ms", 1),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                Consumer<byte[], byte[]> consumer = TopicConsumer.committed(Topics.ALERTS, kafka)) {
            long begin = System.nanoTime();
            int raised = 0;
            for (int sent = 0; raised < nanos.length; ) {
                int due = (int) Math.min(events, (System.nanoTime() - begin) / (1_000_000_000L / rate));
                for (; sent < due; sent++) send(producer, serde, sent);
                for (var record : consumer.poll(Duration.ofMillis(1))) {
                    nanos[raised++] = now() - alerts.read(record.value()).getTime();
                }
                if (System.nanoTime() - begin > (events / rate + 60) * 1_000_000_000L) {
                    throw new IllegalStateException("%d of %d alerts".formatted(raised, nanos.length));
                }
            }
        }
        report();
    }

    private static void send(Producer<byte[], byte[]> producer, AvroSerde<SourceEvent> serde, int number) {
        String user = "user-" + number / 2;
        String document = "{\"kind\":\"Event\",\"verb\":\"get\",\"user\":{\"username\":\"%s\"}}".formatted(user);
        long time = now();
        ByteBuffer bytes = ByteBuffer.wrap(document.getBytes(UTF_8));
        SourceEvent event =
                new SourceEvent(String.valueOf(number), time, "k8s_audit", "prod", user, "get", bytes, time);
        var _ = producer.send(new ProducerRecord<>(
                Topics.EVENTS_K8S_AUDIT.name(), ("prod/" + number).getBytes(UTF_8), serde.write(event)));
    }

    private static long now() {
        return Instant.EPOCH.until(Instant.now(), ChronoUnit.NANOS);
    }

    private void report() {
        long[] counted = Arrays.copyOfRange(nanos, nanos.length / 3, nanos.length);
        Arrays.sort(counted);
        System.out.printf(
                "%,d matches a second, %,d alerts: p50 %.0f ms, p99 %.0f ms, longest %.0f ms%n",
                rate, counted.length, millis(counted, 0.5), millis(counted, 0.99), millis(counted, 1));
    }

    private static double millis(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
    }
}
