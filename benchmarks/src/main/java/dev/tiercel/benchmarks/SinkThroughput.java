package dev.tiercel.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tiercel.broker.EmbeddedBroker;
import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.OutputField;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.WorkerPool;
import dev.tiercel.sinks.Sinks;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Alerts per second from their topic to outputs, and how long one takes when there is nothing else to do.
///
/// `java -cp … dev.tiercel.benchmarks.SinkThroughput [alerts]`
///
/// Delivers what is on the topic to a file, to a webhook and by the bulk API, one after the other; broker, servers and
/// sinks are in the same JVM, whose CPU time all of it is. Then alerts come one by one, 50 a second, to the webhook.
/// Target: p99 from topic to receiver 50 ms.
public final class SinkThroughput {
    private static final int TARGET_MS = 50;
    private static final int PAUSE_MS = 20;
    private static final int SINGLE = 500;

    private final int alerts;
    private final long[] sent;
    private final long[] waits;
    private final AtomicInteger arrived = new AtomicInteger();

    SinkThroughput(int alerts, int single) {
        this.alerts = alerts;
        sent = new long[single];
        waits = new long[single];
    }

    /// Runs it and prints the figures.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new SinkThroughput(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000, SINGLE).run();
        System.exit(0);
    }

    /// Returns when everything has arrived.
    void run() throws IOException, InterruptedException {
        try (TemporaryFolder folder = TemporaryFolder.create("tiercel-sinks");
                EmbeddedBroker broker =
                        EmbeddedBroker.startInsecure(folder.path().resolve("broker"), 0);
                WorkerPool threads = WorkerPool.perTask("receiver")) {
            Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(Map.copyOf(kafka))) {
                Topics.create(admin, 1);
            }
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/one", this::take);
            server.createContext("/_bulk", SinkThroughput::takeSeveral);
            server.start();
            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            try (EmbeddedRegistry registry = EmbeddedRegistry.open(kafka)) {
                AvroSerde<Alert> serde = AvroSerde.of(Alert.class, registry, Topics.ALERTS);
                publish(kafka, serde);
                all(folder.path(), kafka, registry, "file", "path: alerts");
                all(folder.path(), kafka, registry, "falco", "url: \"" + address + "/one\"");
                all(folder.path(), kafka, registry, "opensearch", "url: \"" + address + "\"");
                single(folder.path(), kafka, registry, "url: \"" + address + "/one\"", serde);
            } finally {
                server.stop(0);
            }
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int at = body.indexOf("\"id\":\"single-");
        if (at >= 0) {
            int number = Integer.parseInt(body, at + 13, body.indexOf('"', at + 13), 10);
            waits[number] = System.nanoTime() - sent[number];
            arrived.incrementAndGet();
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private static void takeSeveral(HttpExchange exchange) throws IOException {
        long lines = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .count();
        String items = "{\"index\":{\"status\":201}},".repeat((int) lines / 2);
        byte[] answer =
                ("{\"items\":[" + items.substring(0, items.length() - 1) + "]}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private void publish(Map<String, String> kafka, AvroSerde<Alert> serde) {
        try (Producer<byte[], byte[]> producer = producer(kafka)) {
            for (int number = 0; number < alerts; number++) send(producer, serde, "alert-" + number);
        }
    }

    private static Producer<byte[], byte[]> producer(Map<String, String> kafka) {
        return new KafkaProducer<>(Map.copyOf(kafka), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void send(Producer<byte[], byte[]> producer, AvroSerde<Alert> serde, String id) {
        Alert alert = Alert.newBuilder()
                .setId(id)
                .setRule("Shell in container")
                .setRuleHash("0123456789abcdef")
                .setPriority("Warning")
                .setSource("syscall")
                .setTags(List.of("container", "T1059"))
                .setHostname("web-1")
                .setTime(System.currentTimeMillis() * 1_000_000)
                .setOutput("a shell was started (user=root command=bash -i parent=nginx container=shop)")
                .setOutputFields(List.of(
                        new OutputField("user.name", "root"),
                        new OutputField("proc.cmdline", "bash -i"),
                        new OutputField("proc.pname", "nginx"),
                        new OutputField("container.name", "shop")))
                .setEvents(List.of())
                .setEvidenceComplete(true)
                .build();
        var _ = producer.send(
                new ProducerRecord<>(Topics.ALERTS.name(), id.getBytes(StandardCharsets.UTF_8), serde.write(alert)));
    }

    private void all(Path folder, Map<String, String> kafka, EmbeddedRegistry registry, String type, String keys)
            throws IOException, InterruptedException {
        try (Metrics metrics = new Metrics();
                Sinks sinks = sinks(
                        folder, "all-" + type, type, keys, new Sinks.Clients(kafka, registry, metrics, "earliest"))) {
            long begin = System.nanoTime();
            double cpu = cpuSeconds();
            sinks.start();
            while (delivered(metrics) < alerts) Thread.sleep(5);
            double seconds = (System.nanoTime() - begin) / 1e9;
            double busy = cpuSeconds() - cpu;
            System.out.printf(
                    "%-10s %,d alerts in %.1f s: %,.0f/s, %,.0f/s of one core (%.2f cores in use)%n",
                    type, alerts, seconds, alerts / seconds, alerts / busy, busy / seconds);
        }
    }

    private void single(
            Path folder, Map<String, String> kafka, EmbeddedRegistry registry, String keys, AvroSerde<Alert> serde)
            throws IOException, InterruptedException {
        try (Metrics metrics = new Metrics();
                Sinks sinks =
                        sinks(folder, "single", "falco", keys, new Sinks.Clients(kafka, registry, metrics, "latest"));
                Producer<byte[], byte[]> producer = producer(kafka)) {
            sinks.start();
            for (int number = 0; number < sent.length; number++) {
                sent[number] = System.nanoTime();
                send(producer, serde, "single-" + number);
                Thread.sleep(PAUSE_MS);
            }
            while (arrived.get() < sent.length) Thread.sleep(5);
        }
        long[] sorted = Arrays.stream(waits).sorted().toArray();
        double p50 = sorted[sorted.length / 2] / 1e6;
        double p99 = sorted[sorted.length * 99 / 100] / 1e6;
        System.out.printf(
                "one by one: p50 %.1f ms, p99 %.1f ms from topic to receiver; %.2f of the target of %d ms%n",
                p50, p99, p99 / TARGET_MS, TARGET_MS);
    }

    private static Sinks sinks(Path folder, String name, String type, String keys, Sinks.Clients clients)
            throws IOException {
        String outputs = "outputs: [{name: " + name + ", type: " + type + ", " + keys + "}]\n";
        return new Sinks(Files.writeString(folder.resolve(name + ".yaml"), outputs), clients);
    }

    private static double delivered(Metrics metrics) {
        return metrics.registry().get("sinks.delivered").functionCounter().count();
    }

    private static double cpuSeconds() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }
}
