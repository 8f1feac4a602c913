package dev.tiercel.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.service.TlsFiles;
import dev.tiercel.testkit.TestKeys;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Server and client with private certificates: the server's is trusted only if configured, and each client must show
/// its own.
@Timeout(120)
class RegistryTlsTest {
    private final Path folder;

    RegistryTlsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void knowsClientsByTheirCertificates() throws Exception {
        TestKeys own = new TestKeys(folder, "server", "EC");
        TestKeys known = new TestKeys(folder, "known", "EC");
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        TestKeys unknown = new TestKeys(elsewhere, "known", "EC"); // a client would not send another name's
        try (RegistryServer server = serving(new TlsFiles(own.store(), Optional.empty(), TestKeys.PASSWORD), known)) {
            assertThat(schema(server, trusting(own, Optional.of(known)))).isEqualTo("\"long\"");
            unavailable(server, trusting(own, Optional.empty()));
            unavailable(server, trusting(own, Optional.of(unknown)));
            unavailable(server, trusting(known, Optional.of(known)));
            assertThat(server.uri().getScheme()).isEqualTo("https");
            assertThat(server.check().healthy()).isTrue();
        }
    }

    @Test
    void plainHttpIsNotAnswered() throws Exception {
        TestKeys own = new TestKeys(folder, "server", "EC");
        try (RegistryServer server = serving(new TlsFiles(own.key(), Optional.of(own.certificate()), ""), own);
                Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.getOutputStream().write("GET /subjects HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .doesNotContain("HTTP");
        }
    }

    @Test
    void saysThatTheKeyCannotBeReadAnyMore() throws Exception {
        TestKeys own = new TestKeys(folder, "server", "EC");
        try (RegistryServer server = serving(new TlsFiles(own.store(), Optional.empty(), TestKeys.PASSWORD), own)) {
            SSLContext client = trusting(own, Optional.of(own));
            Files.writeString(own.store(), "no store");
            assertThat(schema(server, client)).isEqualTo("\"long\"");
            assertThat(server.check().healthy()).isFalse();
            assertThat(server.check().detail()).contains("the last version is in use");
        }
    }

    private static RegistryServer serving(TlsFiles files, TestKeys clients) throws Exception {
        SchemaRegistry registry = new InMemoryRegistry();
        int _ = registry.register("s", "\"long\"");
        return RegistryServer.start(
                registry,
                new RegistryServerConfig(
                        "127.0.0.1",
                        0,
                        new RegistryCredentials.Anonymous(),
                        Optional.of(files),
                        Optional.of(clients.certificate())));
    }

    private static SSLContext trusting(TestKeys server, Optional<TestKeys> own) {
        return RegistryTls.context(Optional.of(server.certificate()), own.map(TestKeys::store), TestKeys.PASSWORD);
    }

    private static void unavailable(RegistryServer server, SSLContext tls) {
        RegistryContract.assertReason(RegistryException.Reason.UNAVAILABLE, () -> schema(server, tls));
    }

    private static String schema(RegistryServer server, SSLContext tls) {
        RestRegistryConfig config =
                RestRegistryConfig.of(server.uri()).withTls(tls).withRetries(Duration.ofSeconds(10), 0, Duration.ZERO);
        try (SchemaRegistry registry = RestRegistry.open(config)) {
            return registry.schema(1);
        }
    }
}
