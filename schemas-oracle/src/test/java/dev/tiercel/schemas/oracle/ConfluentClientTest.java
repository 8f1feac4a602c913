package dev.tiercel.schemas.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.registry.RegistryCredentials;
import dev.tiercel.registry.RegistryServer;
import dev.tiercel.registry.RestRegistry;
import dev.tiercel.registry.RestRegistryConfig;
import dev.tiercel.schemas.SchemaRegistry;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaMetadata;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.entities.SubjectVersion;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Confluent's client 7.5.3 against our registry server.
@Timeout(120)
class ConfluentClientTest {

    private static final AvroSchema FIRST = schema("");
    private static final AvroSchema WITH_DEFAULT = schema(",{\"name\":\"b\",\"type\":\"int\",\"default\":7}");
    private static final AvroSchema WITHOUT_DEFAULT = schema(",{\"name\":\"c\",\"type\":\"string\"}");

    private final RegistryServer server;
    private final SchemaRegistry ours;
    private final SchemaRegistryClient confluent;

    ConfluentClientTest() throws IOException {
        server = RegistryServer.start(new InMemoryRegistry(), 0, new RegistryCredentials.Anonymous());
        ours = RestRegistry.open(RestRegistryConfig.of(server.uri()));
        confluent = client();
    }

    private SchemaRegistryClient client() {
        return new CachedSchemaRegistryClient(server.uri().toString(), 100);
    }

    private static AvroSchema schema(String moreFields) {
        return new AvroSchema("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"long\"}"
                + moreFields + "]}");
    }

    @BeforeEach
    void isEmpty() throws Exception {
        assertThat(confluent.getAllSubjects()).isEmpty();
    }

    @AfterEach
    void close() throws IOException {
        confluent.close();
        ours.close();
        server.close();
    }

    @Test
    void registersAndFindsAgain() throws Exception {
        int first = confluent.register("s", FIRST);
        int second = confluent.register("s", WITH_DEFAULT);

        assertThat(client().register("s", FIRST)).isEqualTo(first);
        assertThat(client().getSchemaById(second).canonicalString()).isEqualTo(WITH_DEFAULT.canonicalString());
        assertThat(client().getSchemaBySubjectAndId("s", first).canonicalString())
                .isEqualTo(FIRST.canonicalString());
        assertThat(client().getId("s", FIRST)).isEqualTo(first);
        assertThat(client().getVersion("s", WITH_DEFAULT)).isEqualTo(2);
        assertThat(client().getAllSubjects()).containsExactly("s");
        assertThat(client().getAllVersions("s")).containsExactly(1, 2);
        assertThat(client().getAllVersionsById(first)).containsExactly(new SubjectVersion("s", 1));
        assertThat(client().getAllSubjectsById(first)).containsExactly("s");
        SchemaMetadata latest = client().getLatestSchemaMetadata("s");
        assertThat(latest.getId()).isEqualTo(second);
        assertThat(latest.getVersion()).isEqualTo(2);
        assertThat(latest.getSchema()).isEqualTo(WITH_DEFAULT.canonicalString());
        assertThat(client().getSchemaMetadata("s", 1).getId()).isEqualTo(first);
    }

    @Test
    void seesTheSameAsOurClient() throws Exception {
        int id = ours.register("s", FIRST.canonicalString());

        assertThat(confluent.register("s", FIRST)).isEqualTo(id);
        assertThat(ours.schema(confluent.register("s", WITH_DEFAULT))).isEqualTo(WITH_DEFAULT.canonicalString());
        assertThat(confluent.getAllVersions("s")).containsExactlyElementsOf(ours.versions("s"));
    }

    @Test
    void asksAboutCompatibilityAndSetsIt() throws Exception {
        confluent.register("s", FIRST);

        assertThat(confluent.testCompatibility("s", WITH_DEFAULT)).isTrue();
        assertThat(confluent.testCompatibility("s", WITHOUT_DEFAULT)).isFalse();
        assertThat(confluent.getCompatibility(null)).isEqualTo("BACKWARD");
        assertThat(confluent.updateCompatibility("s", "NONE")).isEqualTo("NONE");
        assertThat(confluent.getCompatibility("s")).isEqualTo("NONE");
        assertThat(confluent.getMode()).isEqualTo("READWRITE");
        assertThat(confluent.register("s", WITHOUT_DEFAULT)).isEqualTo(2);
    }

    @Test
    void understandsOurErrors() throws Exception {
        confluent.register("s", FIRST);

        assertError(409, 409, () -> confluent.register("s", WITHOUT_DEFAULT));
        assertError(404, 40401, () -> confluent.getLatestSchemaMetadata("nobody"));
        assertError(404, 40402, () -> confluent.getSchemaMetadata("s", 9));
        assertError(404, 40403, () -> confluent.getSchemaById(99));
        assertError(404, 40403, () -> confluent.getId("s", WITH_DEFAULT));
        assertError(404, 40401, () -> confluent.getId("nobody", FIRST));
        assertError(404, 40408, () -> confluent.getCompatibility("s"));
        assertError(422, 42203, () -> confluent.updateCompatibility("s", "SIDEWAYS"));
        assertError(405, 405, () -> confluent.deleteSubject("s"));
    }

    private static void assertError(int status, int code, Callable<?> call) {
        assertThatExceptionOfType(RestClientException.class)
                .isThrownBy(call::call)
                .satisfies(e -> {
                    assertThat(e.getStatus()).as(e.getMessage()).isEqualTo(status);
                    assertThat(e.getErrorCode()).as(e.getMessage()).isEqualTo(code);
                });
    }
}
