package dev.tiercel.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.SchemaRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// TLS with certificates of our own: the server's is trusted only if named, and the client shows its own if asked.
@Timeout(120)
class RegistryTlsTest {

    private static final String PASSWORD = "changeit";

    private final Path folder;

    RegistryTlsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void trustsTheNamedAuthorityAndShowsItsCertificate() throws Exception {
        keyPair("server", "-ext", "san=ip:127.0.0.1");
        keyPair("client");
        HttpsServer server = server(RegistryTls.context(
                Optional.of(folder.resolve("client.pem")), Optional.of(folder.resolve("server.p12")), PASSWORD));
        try {
            assertThat(schema(server, trusting("server", Optional.of(folder.resolve("client.p12")))))
                    .isEqualTo("\"long\"");
            RegistryContract.assertReason(
                    RegistryException.Reason.UNAVAILABLE, () -> schema(server, trusting("server", Optional.empty())));
            RegistryContract.assertReason(
                    RegistryException.Reason.UNAVAILABLE,
                    () -> schema(server, trusting("client", Optional.of(folder.resolve("client.p12")))));
        } finally {
            server.stop(0);
        }
    }

    private SSLContext trusting(String name, Optional<Path> keyStore) {
        return RegistryTls.context(Optional.of(folder.resolve(name + ".pem")), keyStore, PASSWORD);
    }

    private static String schema(HttpsServer server, SSLContext tls) {
        RestRegistryConfig config = RestRegistryConfig.of(
                        URI.create("https://127.0.0.1:" + server.getAddress().getPort()))
                .withTls(tls)
                .withPatience(Duration.ofSeconds(10), 0, Duration.ZERO);
        try (SchemaRegistry registry = RestRegistry.open(config)) {
            return registry.schema(1);
        }
    }

    private static HttpsServer server(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = tls.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/", exchange -> {
            byte[] body = "{\"schema\":\"\\\"long\\\"\"}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    /// Makes `name.p12` with a key, and `name.pem` with its certificate.
    private void keyPair(String name, String... more) throws Exception {
        String store = folder.resolve(name + ".p12").toString();
        keytool(
                List.of("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-keystore", store),
                List.of(more));
        keytool(
                List.of("-exportcert", "-rfc", "-alias", name, "-keystore", store, "-file"),
                List.of(folder.resolve(name + ".pem").toString()));
    }

    private void keytool(List<String> arguments, List<String> more) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        builder.command().addAll(arguments);
        builder.command().addAll(more);
        builder.command().addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        assertThat(builder.inheritIO().start().waitFor())
                .as(builder.command().toString())
                .isZero();
    }
}
