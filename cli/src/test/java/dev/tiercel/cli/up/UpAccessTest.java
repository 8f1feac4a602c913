package dev.tiercel.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.cli.Run;
import dev.tiercel.cli.access.Role;
import dev.tiercel.cli.output.EnvironmentException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpAccessTest {
    private static final URI REGISTRY = URI.create("http://127.0.0.1:18081");

    @TempDir
    Path data;

    @Test
    void everyRoleHasAPasswordThatStays() {
        UpAccess first = UpAccess.in(data);
        UpAccess second = UpAccess.in(data);
        assertThat(second.passwords()).isEqualTo(first.passwords());
        assertThat(second.registry()).isEqualTo(first.registry());
        assertThat(first.passwords()).hasSize(Role.values().length);
        assertThat(new HashSet<>(first.passwords().values())).hasSize(Role.values().length);
        assertThat(first.registry().authorization()).isNotEmpty();
    }

    @Test
    void aDeletedPasswordIsReplaced() throws IOException {
        UpAccess first = UpAccess.in(data);
        Files.delete(data.resolve("credentials/owner"));
        UpAccess second = UpAccess.in(data);
        assertThat(second.passwords().get("owner"))
                .isNotEqualTo(first.passwords().get("owner"));
        assertThat(second.passwords().get("sink")).isEqualTo(first.passwords().get("sink"));
    }

    @Test
    void refusesPasswordsThatOthersKnowOrNobodyMade() throws IOException {
        UpAccess.in(data);
        Path file = data.resolve("credentials/collector");
        Files.writeString(file, "short");
        assertThatThrownBy(() -> UpAccess.in(data))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("to get a new one at the next start: rm " + file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> UpAccess.in(data))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("close it: chmod 600 " + file);
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(() -> UpAccess.in(data)).hasMessageContaining("close it: chmod 700 " + file.getParent());
    }

    @Test
    void passwordsAreNotPrinted() {
        UpAccess access = UpAccess.in(data);
        write(access);
        String printed = access + " " + access.broker() + " " + access.registry()
                + Run.of("collect", "--print-config", "--data", data.toString()).out();
        access.passwords().values().forEach(password -> assertThat(printed).doesNotContain(password));
    }

    /// `collect` is any command that needs both.
    @Test
    void theOwnersCommandsFindAddressAndPassword() {
        UpAccess access = UpAccess.in(data);
        write(access);
        assertThat(Run.of("collect", "--print-config", "--data", data.toString())
                        .out()
                        .lines())
                .anyMatch(line ->
                        line.matches("kafka.bootstrap.servers = 127.0.0.1:19092 +# " + data + "/client.properties"))
                .anyMatch(line -> line.startsWith("kafka.security.protocol = SASL_PLAINTEXT"))
                .anyMatch(line -> line.startsWith("kafka.sasl.jaas.config = *"))
                .anyMatch(line -> line.startsWith("registry.urls = " + REGISTRY))
                .anyMatch(line -> line.startsWith("registry.user = owner"))
                .anyMatch(line -> line.startsWith("registry.password = *"));
    }

    @Test
    void anotherClusterOrRegistryIsLeftAlone() {
        write(UpAccess.in(data));
        assertThat(config("--bootstrap", "kafka:9092"))
                .contains("kafka.bootstrap.servers = kafka:9092")
                .doesNotContain("SASL", "18081");
        assertThat(config("--set", "kafka.security.protocol=SSL"))
                .contains("kafka.bootstrap.servers = 127.0.0.1:9092", "kafka.security.protocol = SSL")
                .doesNotContain("SASL", "18081");
        assertThat(config("--registry", "http://other:8081"))
                .contains("registry.urls = http://other:8081", "SASL_PLAINTEXT")
                .doesNotContain("registry.user = owner");
        assertThat(config("--bootstrap", "127.0.0.1:19092")).contains("SASL_PLAINTEXT");
    }

    @Test
    void aDirectoryWithoutAnUpIsReported() {
        Run run = Run.of("alerts", "tail", "--data", data.toString());
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err())
                .contains("no " + data + "/client.properties; is `tiercel up --data " + data + "` running?");
    }

    @Test
    void kcatGetsItsOwnNames() throws IOException {
        UpAccess access = UpAccess.in(data);
        write(access);
        assertThat(Files.readAllLines(data.resolve("kcat.conf")))
                .contains(
                        "bootstrap.servers=127.0.0.1:19092",
                        "security.protocol=SASL_PLAINTEXT",
                        "sasl.mechanism=SCRAM-SHA-256",
                        "sasl.username=owner",
                        "sasl.password=" + access.passwords().get("owner"));
    }

    private String config(String... more) {
        String[] arguments = {"collect", "--print-config", "--data", data.toString()};
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        Run run = Run.of(all);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }

    private void write(UpAccess access) {
        Map<String, String> kafka = new HashMap<>(access.broker().clientSettings("owner"));
        kafka.put("bootstrap.servers", "127.0.0.1:19092");
        access.writeClientFiles(data, kafka, REGISTRY);
    }
}
