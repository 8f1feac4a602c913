package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The stack of `docker-compose.yml`: its containers, its users, and what it says of this machine while parts of it are
/// killed and replaced.
@Tag("kernel")
class ComposeIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);

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
    void aDetectorThatIsKilledLosesAndDoublesNothing() {
        stack.up("--scale", "detector=2", "--no-recreate");
        eachOnceWhile(40, mark -> {
            if (mark == 10) stack.crash(stack.containers("detector").getFirst());
            if (mark == 25) stack.crash(stack.containers("detector").getLast());
        });
    }

    @ParameterizedTest
    @CsvSource({"detector", "registry", "kafka"})
    void aRestartLosesAndDoublesNothing(String service) {
        eachOnceWhile(20, mark -> {
            if (mark == 5) stack.compose("restart", service);
        });
    }

    /// Reads the shadow file so many times, each with a mark of its own in the command line; `between` runs after each.
    /// Each must have raised its alert, once.
    private static void eachOnceWhile(int times, IntConsumer between) {
        String series = "series-" + Long.toHexString(System.nanoTime());
        for (int mark = 0; mark < times; mark++) {
            Machine.run(List.of("bash", "-c", "grep -c %s-%d- /etc/shadow || true".formatted(series, mark)));
            between.accept(mark);
        }
        Map<String, Integer> alerts = new TreeMap<>();
        try (AlertLog log = new AlertLog(stack.client("owner"))) {
            long end = System.nanoTime() + LIMIT.toNanos();
            for (int seen = 0; alerts.size() < times && System.nanoTime() < end; ) {
                int next = log.mark();
                log.since(seen).forEach(alert -> count(alert, series, alerts));
                seen = next;
            }
        }
        assertThat(alerts).hasSize(times).allSatisfy((mark, count) -> assertThat(count)
                .as(mark)
                .isEqualTo(1));
    }

    private static void count(AlertLog.Seen alert, String series, Map<String, Integer> alerts) {
        String command = alert.field("proc.cmdline");
        if (command.contains(series)) alerts.merge(command, 1, Integer::sum);
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
            producer.send(new ProducerRecord<>(topic, new byte[] {1}, new byte[] {1})).get();
        }
    }
}
