package dev.tiercel.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A program that tries to command a running `up`, started by [NeighbourIT] as another user; needs Kafka's client and
/// no class of ours.
///
/// Arguments: Kafka's address, the registry's, the data directory, the ports that the process listens on (`1,2`), a
/// file with more client settings or `-`, the registry's `user:password` or `-`, the health server's address, its
/// `user:password` or `-`. Prints for each attack `NAME: done` or
/// `NAME: CAUSE`, the destructive ones last.
final class Neighbour {
    private static final int LIMIT_MILLIS = 4_000;
    private static final String CORRELATION = "Credentials%20read%20after%20an%20interactive%20exec";

    private final String kafka;
    private final String registry;
    private final Path data;
    private final List<String> ports;
    private final Properties settings;
    private final String login;
    private final String health;
    private final String healthLogin;

    private Neighbour(String[] arguments) throws IOException {
        kafka = arguments[0];
        registry = arguments[1];
        data = Path.of(arguments[2]);
        ports = List.of(arguments[3].split(",", -1));
        settings = settings(arguments[4]);
        login = arguments[5];
        health = "http://" + arguments[6];
        healthLogin = arguments[7];
    }

    private static Properties settings(String file) throws IOException {
        Properties settings = new Properties();
        if (!file.equals("-")) {
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                settings.load(in);
            }
        }
        return settings;
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        new Neighbour(arguments).attacks().forEach((name, attack) -> System.out.println(name + ": " + outcome(attack)));
        System.exit(0); // clients that wait for a broker would not close in time
    }

    private static String outcome(Callable<?> attack) {
        try {
            attack.call();
            return "done";
        } catch (Exception e) {
            Throwable cause = e;
            while (cause.getCause() != null) cause = cause.getCause();
            return cause.getClass().getSimpleName();
        }
    }

    private Map<String, Callable<?>> attacks() {
        Map<String, Callable<?>> attacks = new LinkedHashMap<>();
        attacks.put("read the passwords", this::readsPasswords);
        attacks.put("read Kafka's files", () -> Files.size(data.resolve("broker/logs/meta.properties")));
        attacks.put("read events", () -> consumes("events.syscall"));
        attacks.put("read alerts", () -> consumes("alerts.json"));
        attacks.put("read the registry", () -> http("GET", "/subjects", ""));
        attacks.put("write the registry", () -> http("PUT", "/config", "{\"compatibility\":\"NONE\"}"));
        attacks.put("read the state", () -> state(""));
        attacks.put("read keys", () -> state("/" + CORRELATION + "?partition=0&limit=999999999"));
        attacks.put("guess a cursor", () -> state("/" + CORRELATION + "?partition=0&after=cwAAAAA.0"));
        attacks.put("guess a name", () -> state("/x/%00?partition=-1&after=%FF%22"));
        for (String port : ports) attacks.put("command port " + port, () -> commands("127.0.0.1:" + port));
        attacks.put("give rights", this::givesRights);
        attacks.put("alter a topic", this::altersTopic);
        attacks.put("forge an event", () -> produces("events.syscall"));
        attacks.put("forge an alert", () -> produces("alerts.json"));
        attacks.put("replace the rules", () -> produces("rules"));
        attacks.put(
                "fence the registry",
                () -> admin(
                        kafka,
                        admin -> admin.fenceProducers(List.of("tiercel-schema-registry-_schemas"))
                                .all()));
        attacks.put(
                "delete a topic",
                () -> admin(
                        kafka, admin -> admin.deleteTopics(List.of("sensors")).all()));
        return attacks;
    }

    private String readsPasswords() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return Files.readString(files.filter(file -> file.endsWith("client.properties"))
                    .findFirst()
                    .orElseThrow());
        }
    }

    private Object givesRights() throws Exception {
        AclBinding everything = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "x", PatternType.LITERAL),
                new AccessControlEntry("User:ANONYMOUS", "*", AclOperation.ALL, AclPermissionType.ALLOW));
        return admin(kafka, admin -> admin.createAcls(List.of(everything)).all());
    }

    private Object altersTopic() throws Exception {
        ConfigResource alerts = new ConfigResource(ConfigResource.Type.TOPIC, "alerts");
        AlterConfigOp longer =
                new AlterConfigOp(new ConfigEntry("retention.ms", "987654321"), AlterConfigOp.OpType.SET);
        return admin(
                kafka,
                admin -> admin.incrementalAlterConfigs(Map.of(alerts, List.of(longer)))
                        .all());
    }

    /// Whichever port it is, the client's or the controller's.
    private Object commands(String address) throws Exception {
        try {
            return admin(address, admin -> admin.describeCluster().clusterId());
        } catch (Exception e) {
            Map<String, Object> client = client(address);
            client.remove("bootstrap.servers");
            client.put("bootstrap.controllers", address);
            return admin(client, admin -> admin.describeCluster().clusterId());
        }
    }

    private interface Request {
        Future<?> send(Admin admin);
    }

    private Object admin(String address, Request request) throws Exception {
        return admin(client(address), request);
    }

    private static Object admin(Map<String, Object> client, Request request) throws Exception {
        client.put("default.api.timeout.ms", LIMIT_MILLIS);
        client.put("request.timeout.ms", LIMIT_MILLIS);
        Admin admin = Admin.create(client);
        try {
            return String.valueOf(request.send(admin).get(2L * LIMIT_MILLIS, TimeUnit.MILLISECONDS));
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private Object produces(String topic) throws Exception {
        Map<String, Object> client = client(kafka);
        client.put("max.block.ms", LIMIT_MILLIS);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            byte[] forged = "{\"output\":\"forged\"}".getBytes(StandardCharsets.UTF_8);
            return producer.send(new ProducerRecord<>(topic, "default".getBytes(StandardCharsets.UTF_8), forged))
                    .get(2L * LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        } finally {
            producer.close(Duration.ZERO);
        }
    }

    private Object consumes(String topic) {
        Map<String, Object> client = client(kafka);
        client.put("default.api.timeout.ms", LIMIT_MILLIS);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = Stream.iterate(0, partition -> partition + 1)
                    .limit(6)
                    .map(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (end > 0 && consumer.poll(Duration.ofMillis(100)).isEmpty()) {}
            return end;
        }
    }

    private Map<String, Object> client(String address) {
        Map<String, Object> client = new HashMap<>();
        settings.forEach((key, value) -> client.put(String.valueOf(key), value));
        client.put("bootstrap.servers", address);
        return client;
    }

    /// Any answer but 401 tells something about what is there.
    private Object state(String path) throws IOException {
        HttpURLConnection request =
                (HttpURLConnection) URI.create(health + "/state" + path).toURL().openConnection();
        authorize(request, healthLogin);
        if (request.getResponseCode() == 401) throw new SecurityException("401");
        return request.getResponseCode();
    }

    private static void authorize(HttpURLConnection request, String login) {
        if (login.equals("-")) return;
        request.setRequestProperty(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private Object http(String method, String path, String body) throws IOException {
        HttpURLConnection request =
                (HttpURLConnection) URI.create(registry + path).toURL().openConnection();
        request.setRequestMethod(method);
        authorize(request, login);
        if (!body.isEmpty()) {
            request.setDoOutput(true);
            request.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        if (request.getResponseCode() == 401) throw new SecurityException("401");
        return new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
