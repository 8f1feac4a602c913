package dev.tiercel.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.testkit.TestKeys;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The stack of `docker-compose.yml`: its containers, its users, and what it says of this machine while parts of it are
/// killed and replaced.
@Tag("kernel")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposeIT {
    /// Floods a paused collector, fills Kafka's disk and kills the enricher, then the collector.
    private static final long SEED = 26_694;

    private static final long MOST_BYTES = 250_000_000;

    private static final String RULES = "[{rule: R, desc: d, condition: evt.type = open, output: o, priority: DEBUG}]";
    private static final String[] PUBLISH = {"rules", "publish", "--rules=/mounted/rules.yaml"};
    private static final String[] TAIL = {"alerts", "tail", "--no-follow"};
    private static final String[] STATE = {
        "exec", "-T", "detector", "tiercel", "state", "--config=/run/credentials/tiercel.properties"
    };
    private static final String NOT_ITS = "Not authorized to access topics: [";

    private static ComposeStack stack;

    @BeforeAll
    static void up() throws Exception {
        Machine.mustTrace();
        Machine.mustRunContainers();
        stack = new ComposeStack();
        stack.up();
    }

    @AfterAll
    static void down() {
        if (stack != null) stack.close();
    }

    /// Inside of the stack, where each part is known by its certificate.
    @Test
    @Order(1)
    void nobodyDoesWhatIsNotTheirs(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("rules.yaml"), RULES);
        assertThat(stack.tiercel("sink", directory, TAIL)).doesNotContain("authorized");
        assertThatThrownBy(() -> stack.tiercel("collector", directory, TAIL))
                .hasMessageContaining(NOT_ITS + "alerts.json]");
        for (String user : List.of("collector", "detector", "enricher", "sink", "registry")) {
            assertThatThrownBy(() -> stack.tiercel(user, directory, PUBLISH))
                    .as(user)
                    .hasMessageContaining(NOT_ITS + "rules]");
        }
    }

    @Test
    @Order(1)
    void nobodyIsKnownWithoutACertificateOfTheStack(@TempDir Path directory) throws Exception {
        Map<String, Object> client = new HashMap<>(Map.of("security.protocol", "SSL", "ssl.truststore.type", "PEM"));
        client.put("bootstrap.servers", stack.address("kafka") + ":9092");
        client.put("ssl.endpoint.identification.algorithm", ""); // an address is not in its certificate
        client.put("ssl.truststore.certificates", stack.login("sink", "authority.pem"));
        assertThatThrownBy(() -> nodes(client)).hasCauseInstanceOf(SslAuthenticationException.class);

        TestKeys forged = new TestKeys(directory, stack.authority(), "EC"); // a client would not send another's
        client.putAll(Map.of("ssl.keystore.type", "PKCS12", "ssl.keystore.password", TestKeys.PASSWORD));
        client.put("ssl.keystore.location", forged.store().toString());
        assertThatThrownBy(() -> nodes(client)).hasCauseInstanceOf(SslAuthenticationException.class);
    }

    @Test
    @Order(1)
    void theRegistryKnowsItsClientsByTheirCertificates(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("rules.yaml"), RULES);
        List<String> anonymous = new ArrayList<>(List.of(PUBLISH));
        anonymous.add("--set=registry.tls.key-store=");
        assertThatThrownBy(() -> stack.tiercel("publisher", directory, anonymous.toArray(String[]::new)))
                .hasMessageContaining("schema registry https://registry:8081");
        try (Socket plain = new Socket(stack.address("registry"), 8081)) {
            plain.getOutputStream().write("GET /subjects HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            assertThat(new String(plain.getInputStream().readAllBytes(), US_ASCII))
                    .doesNotContain("HTTP");
        }
    }

    @Test
    @Order(1)
    void theImageIsSmall() {
        String size = stack.docker("image", "inspect", "--format", "{{.Size}}", ComposeStack.IMAGE);
        assertThat(Long.parseLong(size.strip())).isLessThanOrEqualTo(MOST_BYTES);
    }

    @Test
    @Order(1)
    void aDetectorShowsItsStateByTls() {
        assertThat(stack.compose(STATE)).contains("CORRELATION");
        List<String> stranger = new ArrayList<>(List.of(STATE));
        stranger.add("--set=health.tls-authority-file="); // those of the JVM
        assertThatThrownBy(() -> stack.compose(stranger.toArray(String[]::new)))
                .hasMessageContaining(
                        "cannot trust the detector at localhost:8765: its certificate is of no authority");
    }

    /// From this machine, with a password.
    @Test
    @Order(1)
    void clientsOfThisMachineHaveTheirRightsAlone() {
        read("sink", "alerts.json");
        assertThatThrownBy(() -> read("sink", "events.syscall")).isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> write("sink", "rules")).hasCauseInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    @Order(1)
    void everyActionOfTheDemoRaisesItsAlert() {
        assertThat(stack.demo()).hasSizeGreaterThanOrEqualTo(8).allMatch(line -> line.contains("\"arrived\":true"));
    }

    @Test
    @Order(2)
    void detectorsThatAreKilledLoseAndDoubleNothing() {
        stack.up("--scale", "detector=2", "--no-recreate");
        Marks marks = Marks.onThisMachine();
        for (String detector : stack.containers("detector")) {
            marks.make(10);
            stack.crash(detector);
        }
        marks.make(10);
        try (AlertWatch watch = new AlertWatch(stack.client("owner"))) {
            marks.awaitEachOnce(watch);
        }
    }

    /// A few rounds here, more by `bin/chaos`.
    @Test
    @Order(3)
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void noFaultLosesOrDoublesAnAlert() {
        int rounds = Integer.getInteger("tiercel.chaos.rounds", 2);
        long seed = Long.getLong("tiercel.chaos.seed", SEED);
        Duration hold = Duration.ofSeconds(Integer.getInteger("tiercel.chaos.hold", 5));
        System.out.println("seed " + seed);
        stack.up("--scale", "detector=2", "--no-recreate");
        Chaos chaos = new Chaos(stack, new Random(seed), hold);
        for (int round = 1; round <= rounds; round++) {
            System.out.printf("round %d of %d: %s%n", round, rounds, chaos.round());
        }
        System.out.println(chaos.report());
    }

    /// Health is what each says of itself.
    @Test
    @Order(4)
    void whoCannotReachTheBrokerIsUnhealthy() {
        List<String> theirs = List.of("detector", "collector");
        stack.docker("pause", stack.containers("kafka").getFirst());
        stack.await("unhealthy", theirs);
        stack.docker("unpause", stack.containers("kafka").getFirst());
        stack.awaitHealthy(theirs);
    }

    private static Collection<Node> nodes(Map<String, Object> client) throws Exception {
        try (Admin admin = Admin.create(client)) {
            return admin.describeCluster().nodes().get();
        }
    }

    private static void read(String user, String topic) {
        Map<String, Object> client = stack.client(user);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            consumer.seekToBeginning(consumer.assignment());
            consumer.poll(Duration.ofSeconds(5));
        }
    }

    private static void write(String user, String topic) throws Exception {
        Map<String, Object> client = stack.client(user);
        client.put("enable.idempotence", false);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, new byte[] {1}, new byte[] {1}))
                    .get();
        }
    }
}
