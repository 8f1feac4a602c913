package dev.tiercel.schemas.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tiercel.registry.RestRegistry;
import dev.tiercel.registry.RestRegistryConfig;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.BatchVersions;
import dev.tiercel.schemas.Compatibility;
import dev.tiercel.schemas.RegisteredSchema;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.RuleFileContent;
import dev.tiercel.schemas.avro.RuleFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Our client against a real Apicurio Registry 3.3.3, through its Confluent API: `mvn verify -Papicurio -pl
/// schemas-oracle`.
@Tag("apicurio")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class ApicurioTest {

    private static final String FIRST = schema("");
    private static final String WITH_DEFAULT = schema(",{\"name\":\"b\",\"type\":\"int\",\"default\":7}");
    private static final String WITHOUT_DEFAULT = schema(",{\"name\":\"c\",\"type\":\"string\"}");

    private final Process server;
    private final SchemaRegistry registry;

    ApicurioTest() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path folder = Path.of(System.getProperty("tiercel.apicurio"));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-jar",
                folder.resolve("quarkus-run.jar").toString());
        server = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        registry = RestRegistry.open(RestRegistryConfig.of(URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7"))
                .withPatience(Duration.ofSeconds(20), 12, Duration.ofMillis(100)));
    }

    private static String schema(String moreFields) {
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"long\"}" + moreFields + "]}";
    }

    /// The client's own retries wait for the server. Apicurio's default rule is NONE.
    @BeforeAll
    void setTheCompatibilityRule() {
        registry.setCompatibility(SchemaRegistry.ALL_SUBJECTS, Compatibility.BACKWARD);
        assertThat(registry.compatibility(SchemaRegistry.ALL_SUBJECTS)).hasValue(Compatibility.BACKWARD);
    }

    @AfterAll
    void stop() throws InterruptedException {
        registry.close();
        server.destroy();
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void registersAndFindsAgain() {
        int first = registry.register("s", FIRST);
        int second = registry.register("s", WITH_DEFAULT);

        assertThat(registry.schema(first)).contains("\"a\"").doesNotContain("\"b\"");
        assertThat(registry.lookup("s", WITH_DEFAULT)).map(RegisteredSchema::id).hasValue(second);
        assertThat(registry.versions("s")).containsExactly(1, 2);
        assertThat(registry.latest("s")).map(RegisteredSchema::version).hasValue(2);
        assertThat(registry.version("s", 1)).map(RegisteredSchema::id).hasValue(first);
        assertThat(registry.subjects()).contains("s");
    }

    @Test
    void rejectsASchemaThatCannotReadTheLastVersion() {
        registry.register("t", FIRST);

        assertThat(registry.isCompatible("t", WITH_DEFAULT)).isTrue();
        assertThat(registry.isCompatible("t", WITHOUT_DEFAULT)).isFalse();
        assertReason(RegistryException.Reason.INCOMPATIBLE, () -> registry.register("t", WITHOUT_DEFAULT));
        assertReason(RegistryException.Reason.INVALID_SCHEMA, () -> registry.register("u", "{\"type\":\"record\"}"));
    }

    @Test
    void findsNothingThatWasNotRegistered() {
        assertThat(registry.latest("nobody")).isEmpty();
        assertThat(registry.versions("nobody")).isEmpty();
        assertThat(registry.lookup("nobody", FIRST)).isEmpty();
        assertReason(RegistryException.Reason.UNKNOWN_SCHEMA, () -> registry.schema(1_000_000));
    }

    @Test
    void storesOurSchemasAndReadsBackOurRecords() {
        RuleFiles files = new RuleFiles("v1", 5L, "me", List.of(new RuleFileContent("a.yaml", "- rule: é")));
        byte[] record = AvroSerde.of(RuleFiles.class, registry, Topics.RULES).write(files);

        assertThat(AvroSerde.of(RuleFiles.class, registry, Topics.RULES).read(record))
                .isEqualTo(files);
        assertThat(new BatchVersions(registry).register()).isPositive();
    }

    private static void assertReason(RegistryException.Reason reason, Runnable call) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
    }
}
