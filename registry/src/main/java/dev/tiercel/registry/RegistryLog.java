package dev.tiercel.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiercel.schemas.Compatibility;
import dev.tiercel.schemas.RegisteredSchema;
import dev.tiercel.schemas.SchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The records of topic `_schemas`: JSON keys and values, laid out as Confluent Schema Registry lays out its own.
///
/// ```
/// {"keytype":"SCHEMA","subject":"alerts-value","version":1,"magic":1}
/// {"subject":…,"version":1,"id":3,"schema":"…","deleted":false}
/// {"keytype":"CONFIG","subject":"alerts-value","magic":0}              {"compatibilityLevel":"FULL"}
/// ```
final class RegistryLog {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryLog.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private RegistryLog() {}

    static ProducerRecord<byte[], byte[]> record(String topic, RegisteredSchema added) {
        ObjectNode key =
                key("SCHEMA", added.subject()).put("version", added.version()).put("magic", 1);
        ObjectNode value = JSON.createObjectNode()
                .put("subject", added.subject())
                .put("version", added.version())
                .put("id", added.id())
                .put("schema", added.schema())
                .put("deleted", false);
        return record(topic, key, value);
    }

    static ProducerRecord<byte[], byte[]> record(String topic, String subject, Compatibility compatibility) {
        ObjectNode value = JSON.createObjectNode().put("compatibilityLevel", compatibility.name());
        return record(topic, key("CONFIG", subject).put("magic", 0), value);
    }

    private static ObjectNode key(String type, String subject) {
        ObjectNode key = JSON.createObjectNode().put("keytype", type);
        return subject.equals(SchemaRegistry.ALL_SUBJECTS) ? key.putNull("subject") : key.put("subject", subject);
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, ObjectNode key, ObjectNode value) {
        return new ProducerRecord<>(
                topic, 0, key.toString().getBytes(UTF_8), value.toString().getBytes(UTF_8));
    }

    /// Applies a record; one that is not understood is left out, and said so in the log.
    static void apply(ConsumerRecord<byte[], byte[]> record, RegistryState state) {
        try {
            JsonNode key = read(record.key());
            JsonNode value = read(record.value());
            switch (key.path("keytype").asText()) {
                case "SCHEMA" -> schema(value).ifPresent(state::apply);
                case "CONFIG" ->
                    state.apply(
                            key.path("subject").asText(SchemaRegistry.ALL_SUBJECTS),
                            Compatibility.valueOf(
                                    value.path("compatibilityLevel").asText()));
                default -> LOG.debug("offset={} has keytype={}", record.offset(), key.path("keytype"));
            }
        } catch (UncheckedIOException | IllegalArgumentException e) {
            LOG.warn(
                    "record left out of the schema registry: topic={} partition={} offset={}: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    private static Optional<RegisteredSchema> schema(JsonNode value) {
        if (!value.path("id").isInt() || !value.path("schema").isTextual()) {
            throw new IllegalArgumentException("a SCHEMA record without id and schema");
        }
        if (value.path("deleted").asBoolean()) {
            return Optional.empty();
        }
        return Optional.of(new RegisteredSchema(
                value.path("subject").asText(),
                value.path("version").asInt(),
                value.path("id").asInt(),
                value.path("schema").asText()));
    }

    private static JsonNode read(byte @Nullable [] json) {
        try {
            return json == null ? JSON.createObjectNode() : JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + Arrays.toString(Arrays.copyOf(json, 16)), e);
        }
    }
}
