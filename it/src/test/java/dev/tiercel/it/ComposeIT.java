package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
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

/// The stack of `docker-compose.yml`: its containers, its users, and what it says of this machine while parts of it are
/// killed and replaced.
@Tag("kernel")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposeIT {
    /// Publishes other rules and disconnects a detector.
    private static final long SEED = 9;

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

    @Test
    @Order(1)
    void nobodyDoesWhatIsNotTheirs() {
        assertThatThrownBy(() -> read("collector", "alerts.json")).isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> read("sink", "events.syscall")).isInstanceOf(TopicAuthorizationException.class);
        for (String user : List.of("collector", "detector", "enricher", "sink", "registry")) {
            assertThatThrownBy(() -> write(user, "rules"))
                    .as(user)
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
        read("sink", "alerts.json");
    }

    @Test
    @Order(2)
    void detectorsThatAreKilledLoseAndDoubleNothing() {
        stack.up("--scale", "detector=2", "--no-recreate");
        Marks marks = new Marks();
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
