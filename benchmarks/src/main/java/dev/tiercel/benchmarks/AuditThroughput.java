package dev.tiercel.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.detector.Detector;
import dev.tiercel.detector.DetectorConfig;
import dev.tiercel.detector.publication.RulePublisher;
import dev.tiercel.enricher.Enricher;
import dev.tiercel.enricher.EnricherConfig;
import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.rules.DefaultRules;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;

/// Kubernetes audit events per second through all of it: webhook → Kafka → rules, and how long an API server waits
/// for its answer.
///
/// `java -cp … dev.tiercel.benchmarks.AuditThroughput [events] [events a second, 0: as many as it takes]`
///
/// Posts batches of 400 events of [AuditMix], as an API server does, a few at once, to an enricher, and has the
/// default rules judge them; broker and clients are in the same JVM. Times the second half. Target: 20,000 events
/// per second.
public final class AuditThroughput {
    private static final int TARGET = 20_000;
    private static final int BATCH = 400;
    private static final int AT_ONCE = 8;
    private static final String ID = "\"auditID\":\"";

    private final int batches;
    private final int rate;
    private final SourceEvent[] mix = AuditMix.events();
    private final long[] waits;
    private final AtomicLong refused = new AtomicLong();
    private final Semaphore room = new Semaphore(AT_ONCE);

    /// @param rate events a second; 0: as many as are taken
    AuditThroughput(int events, int rate) {
        batches = events / BATCH;
        this.rate = rate;
        waits = new long[batches];
    }

    /// Runs it and prints the figures.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rate = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        new AuditThroughput(events, rate).run();
        System.exit(0);
    }

    /// @throws IllegalStateException if something else than all events is judged
    void run() throws IOException, InterruptedException {
        try (TemporaryFolder folder = TemporaryFolder.create("tiercel-audit");
                EmbeddedBroker broker =
                        EmbeddedBroker.startInsecure(folder.path().resolve("broker"), 0)) {
            Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(Map.copyOf(kafka))) {
                Topics.create(admin, 1);
            }
            DetectorConfig config = DetectorConfig.from(Settings.of(
                    Map.of("detector.state-dir", folder.path().resolve("state").toString())));
            try (EmbeddedRegistry registry = EmbeddedRegistry.open(kafka)) {
                judge(kafka, registry, config);
            }
        }
    }

    private void judge(Map<String, String> kafka, EmbeddedRegistry registry, DetectorConfig config)
            throws IOException, InterruptedException {
        int port = freePort();
        EnricherConfig sources = EnricherConfig.from(Settings.of(Map.of("enricher.sources", "k8s-audit=:" + port)));
        try (Metrics metrics = new Metrics();
                RulePublisher publisher =
                        new RulePublisher(kafka, registry, config.judging().compileOptions(), "benchmark");
                Detector detector = new Detector(config, kafka, registry, metrics);
                Enricher enricher = new Enricher(sources, kafka, registry, metrics);
                HttpClient client = HttpClient.newHttpClient()) {
            var _ = publisher.publish(DefaultRules.files());
            detector.start();
            enricher.start();
            URI webhook = URI.create("http://127.0.0.1:%d/k8s-audit".formatted(port));
            post(client, webhook, 0, batches / 2);
            await(detector, (long) batches / 2 * BATCH);
            long begin = System.nanoTime();
            double cpu = cpuSeconds();
            post(client, webhook, batches / 2, batches);
            await(detector, (long) batches * BATCH);
            report((System.nanoTime() - begin) / 1e9, cpuSeconds() - cpu);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void post(HttpClient client, URI webhook, int from, int to) throws InterruptedException {
        long begin = System.nanoTime();
        for (int batch = from; batch < to; batch++) {
            pace(begin, batch - from);
            room.acquire();
            int number = batch;
            HttpRequest request = HttpRequest.newBuilder(webhook)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body(batch)))
                    .build();
            long sent = System.nanoTime();
            var _ = client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .whenComplete((response, failure) -> {
                        waits[number] = System.nanoTime() - sent;
                        if (failure != null || response.statusCode() != 200) refused.incrementAndGet();
                        room.release();
                    });
        }
        room.acquire(AT_ONCE);
        room.release(AT_ONCE);
    }

    private void pace(long begin, int sent) throws InterruptedException {
        if (rate == 0) return;
        long due = begin + (long) sent * BATCH * 1_000_000_000L / rate;
        long early = (due - System.nanoTime()) / 1_000_000;
        if (early > 0) Thread.sleep(early);
    }

    /// An `EventList`, whose events have ids of their own.
    private byte[] body(int batch) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(BATCH * 2_048);
        out.writeBytes("{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[".getBytes(UTF_8));
        for (int i = 0; i < BATCH; i++) {
            byte[] document =
                    mix[(batch * BATCH + i) % mix.length].getDocument().array().clone();
            byte[] id = "%08x-%08x".formatted(batch, i).getBytes(UTF_8);
            System.arraycopy(id, 0, document, indexOfId(document), id.length);
            if (i > 0) out.write(',');
            out.writeBytes(document);
        }
        out.writeBytes("]}".getBytes(UTF_8));
        return out.toByteArray();
    }

    private static int indexOfId(byte[] document) {
        return new String(document, 0, 200, UTF_8).indexOf(ID) + ID.length();
    }

    private void await(Detector detector, long events) throws InterruptedException {
        while (detector.events() < events && refused.get() == 0) {
            Thread.sleep(1);
        }
        if (refused.get() > 0 || detector.events() != events) {
            throw new IllegalStateException(
                    "%d of %d events judged, %d batches refused".formatted(detector.events(), events, refused.get()));
        }
    }

    private static double cpuSeconds() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    private void report(double seconds, double cpu) {
        long events = (long) (batches - batches / 2) * BATCH;
        long[] sorted = Arrays.copyOfRange(waits, batches / 2, batches);
        Arrays.sort(sorted);
        double perSecond = events / seconds;
        System.out.printf(
                "%,d events posted and judged in %.1f s: %,.0f events/s (%.2f of target), %.1f µs of CPU an event%n",
                events, seconds, perSecond, perSecond / TARGET, cpu / events * 1e6);
        System.out.printf(
                "answer to a batch of %d, milliseconds: p50 %.1f, p99 %.1f, longest %.1f%n",
                BATCH, millis(sorted, 0.5), millis(sorted, 0.99), millis(sorted, 1));
    }

    private static double millis(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
    }
}
