package dev.tiercel.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.Compatibility;
import dev.tiercel.schemas.RegisteredSchema;
import dev.tiercel.schemas.RegistryException.Reason;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import dev.tiercel.testkit.TestBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class EmbeddedRegistryTest extends RegistryContract {

    private final TestBroker broker = TestBroker.shared();

    @Override
    SchemaRegistry open() {
        return open(topic());
    }

    private String topic() {
        Topic topic = Topics.SCHEMAS;
        String name = TestBroker.unique("schemas");
        Topics.create(
                broker.admin(),
                1,
                List.of(new Topic(name, topic.purpose(), topic.key(), topic.value(), 1, topic.configs())));
        return name;
    }

    private EmbeddedRegistry open(String topic) {
        return EmbeddedRegistry.open(Map.of("bootstrap.servers", broker.bootstrapServers()), topic);
    }

    @Test
    void idsVersionsAndRulesSurviveARestart() {
        String topic = topic();
        int first;
        int second;
        try (SchemaRegistry registry = open(topic)) {
            first = registry.register("s", FIRST);
            second = registry.register("s", WITH_DEFAULT);
            registry.setCompatibility("s", Compatibility.FULL);
        }

        try (SchemaRegistry registry = open(topic)) {
            assertThat(registry.version("s", 1)).map(RegisteredSchema::id).hasValue(first);
            assertThat(registry.version("s", 2)).map(RegisteredSchema::id).hasValue(second);
            assertThat(registry.compatibility("s")).hasValue(Compatibility.FULL);
            assertThat(registry.register("s", FIRST)).isEqualTo(first);
            assertThat(registry.register("t", FIRST.replace("R", "S"))).isEqualTo(second + 1);
        }
    }

    @Test
    void whatOneProcessRegistersAnotherSees() {
        String topic = topic();
        try (SchemaRegistry one = open(topic);
                SchemaRegistry other = open(topic)) {
            int id = one.register("s", FIRST);

            assertThat(other.schema(id)).isEqualTo(one.schema(id));
            assertThat(other.register("s", WITH_DEFAULT)).isEqualTo(id + 1);
            assertThat(one.register("s", WITH_DEFAULT)).isEqualTo(id + 1);
            assertThat(one.versions("s")).containsExactly(1, 2);
            assertReason(Reason.INCOMPATIBLE, () -> one.register("s", WITHOUT_DEFAULT));
        }
    }

    @Test
    void processesThatRegisterAtOnceNeverShareAnIdOrAVersion() throws Exception {
        String topic = topic();
        try (SchemaRegistry one = open(topic);
                SchemaRegistry two = open(topic);
                SchemaRegistry three = open(topic);
                ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<Map<String, Integer>>> answers = new ArrayList<>();
            for (SchemaRegistry registry : List.of(one, two, three)) {
                answers.add(threads.submit(registrations(registry)));
            }
            Map<String, Integer> expected = answers.getFirst().get();
            for (Future<Map<String, Integer>> answer : answers) {
                assertThat(answer.get()).isEqualTo(expected);
            }
            assertThat(expected.values()).doesNotHaveDuplicates();
            assertThat(three.versions("s")).containsExactly(1, 2, 3, 4, 5);
        }
    }

    private static Callable<Map<String, Integer>> registrations(SchemaRegistry registry) {
        return () -> {
            Map<String, Integer> ids = new TreeMap<>();
            for (int i = 0; i < 5; i++) {
                String schema = schema(",{\"name\":\"b" + i + "\",\"type\":\"int\",\"default\":0}");
                ids.put(schema, registry.register("s", schema));
            }
            return ids;
        };
    }

    @Test
    void recordsThatMakeNoSenseAreLeftOut() throws Exception {
        String topic = topic();
        for (String key : List.of("", "not json", "{\"keytype\":\"NOOP\"}", "{\"keytype\":\"SCHEMA\"}")) {
            send(topic, key, "{\"id\":\"x\"}");
            send(topic, key + " ", "\u0001");
        }
        send(topic, "{\"keytype\":\"CONFIG\",\"subject\":\"s\"}", "{\"compatibilityLevel\":\"SIDEWAYS\"}");

        try (SchemaRegistry registry = open(topic)) {
            assertThat(registry.subjects()).isEmpty();
            assertThat(registry.register("s", FIRST)).isEqualTo(1);
        }
    }

    private void send(String topic, String key, String value) throws Exception {
        try (Producer<byte[], byte[]> producer = broker.producer(Map.of())) {
            producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8)))
                    .get();
        }
    }

    @Test
    void aMissingTopicIsSaidAndNotCreated() {
        String topic = TestBroker.unique("absent");
        assertReason(Reason.UNAVAILABLE, () -> {
            try (SchemaRegistry registry = open(topic)) {
                return registry.subjects();
            }
        });
    }
}
