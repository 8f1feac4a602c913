package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.registry.RegistrySettings;
import dev.tiercel.registry.RestRegistry;
import dev.tiercel.registry.RestRegistryConfig;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.DeadLetter;
import dev.tiercel.service.Settings;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Unreadable records go to `dead-letters`, with their bytes and the reason, and stop nothing.
class DeadLetterIT {
    private static final List<String> INPUTS = List.of(Topics.EVENTS_SYSCALL.name(), Topics.RULES.name());
    private static final List<byte[]> MALFORMED = List.of(
            new byte[0],
            "not avro at all".getBytes(StandardCharsets.UTF_8),
            new byte[] {0, 0, 0, 0, 99, 1, 2, 3},
            new byte[] {0, 0, 0, 0, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f});

    @Test
    void keepsUnreadableRecordsAndContinues(@TempDir Path directory) throws Exception {
        Path recording = Machine.root("cli/src/test/resources/samples/small.kev");
        try (TiercelProcess tiercel = TiercelProcess.up(directory, "--replay", recording.toString());
                AlertLog alerts = new AlertLog(tiercel.client())) {
            assertThat(alerts.await(0, alert -> true, Duration.ofSeconds(30)))
                    .as("an alert before")
                    .isPresent();
            for (String topic : INPUTS) {
                send(tiercel.client(), topic);
            }

            List<String> letters = letters(tiercel, INPUTS.size() * MALFORMED.size());

            for (String topic : INPUTS) {
                for (byte[] value : MALFORMED) {
                    assertThat(letters).contains(topic + " " + HexFormat.of().formatHex(value));
                }
            }
        }
    }

    private static void send(Map<String, Object> client, String topic) throws InterruptedException, ExecutionException {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (byte[] value : MALFORMED) {
                producer.send(new ProducerRecord<>(topic, "hostile".getBytes(StandardCharsets.UTF_8), value))
                        .get();
            }
        }
    }

    private static List<String> letters(TiercelProcess tiercel, int count) {
        List<String> found = new ArrayList<>();
        Map<String, Object> settings = new HashMap<>(tiercel.client());
        settings.put("group.id", "letters");
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        try (RestRegistry registry = RestRegistry.open(registry(tiercel));
                AvroSerde<DeadLetter> serde = AvroSerde.of(DeadLetter.class, registry, Topics.DEAD_LETTERS);
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.DEAD_LETTERS.name()));
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (found.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> found.add(describe(serde.read(record.value()))));
            }
        }
        return found;
    }

    private static RestRegistryConfig registry(TiercelProcess tiercel) {
        String[] login =
                String.valueOf(tiercel.client().get("basic.auth.user.info")).split(":", 2);
        Settings settings = Settings.of(Map.of("registry.user", login[0], "registry.password", login[1]));
        return RegistrySettings.from(settings, URI.create(tiercel.registry()));
    }

    private static String describe(DeadLetter letter) {
        return letter.getTopic() + " " + HexFormat.of().formatHex(bytes(letter.getValue()));
    }

    private static byte[] bytes(@Nullable ByteBuffer value) {
        byte[] bytes = new byte[value == null ? 0 : value.remaining()];
        if (value != null) {
            value.duplicate().get(bytes);
        }
        return bytes;
    }
}
