package dev.tiercel.sinks.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.service.ServerTls;
import dev.tiercel.service.TlsFiles;
import dev.tiercel.sinks.alert.TestAlerts;
import dev.tiercel.sinks.plan.SinksFile;
import dev.tiercel.testkit.TestKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// To a server that demands a certificate of its clients.
final class WebhookTlsTest {
    private static final List<Notice> ONE = List.of(new Notice(TestAlerts.view("id-0"), null));

    @TempDir
    private Path folder;

    @Test
    void theServerIsVerifiedAndShownACertificate() throws Exception {
        TestKeys keys = new TestKeys(folder, "server", "EC");
        TestKeys client = new TestKeys(folder, "client", "EC");
        TestKeys other = new TestKeys(folder, "other", "EC");
        ServerTls tls = new ServerTls(
                new TlsFiles(keys.key(), Optional.of(keys.certificate()), ""), Optional.of(client.certificate()));
        HttpServer server =
                ServerTls.server(Optional.of(tls), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            String shown = ", certificate-file: client.crt, key-file: client.key";
            try (Receiver good = receiver(port, "authority-file: server.crt" + shown);
                    Receiver nameless = receiver(port, "authority-file: server.crt");
                    Receiver distrusting = receiver(port, "authority-file: other.crt" + shown);
                    Receiver stranger = receiver(
                            port, "authority-file: server.crt, certificate-file: other.crt, key-file: other.key")) {
                assertThat(good.deliver(ONE)).containsExactly(DeliveryResult.DELIVERED);
                assertThatThrownBy(() -> nameless.deliver(ONE)).isInstanceOf(IOException.class);
                assertThatThrownBy(() -> distrusting.deliver(ONE)).isInstanceOf(SSLException.class);
                assertThatThrownBy(() -> stranger.deliver(ONE)).isInstanceOf(IOException.class);
            }
        } finally {
            server.stop(0);
        }
        assertThat(other.certificate()).exists();
    }

    private Receiver receiver(int port, String tls) {
        String url = "\"https://127.0.0.1:" + port + "/\"";
        SinksFile file = SinksFile.read(
                "sinks.yaml",
                "outputs: [{name: soc, type: webhook, url: " + url + ", tls: {" + tls + "}}]",
                folder,
                Map.of());
        assertThat(file.problems().stream().map(Diagnostic::text)).isEmpty();
        return file.plan().orElseThrow().outputs().getFirst().receiver();
    }
}
