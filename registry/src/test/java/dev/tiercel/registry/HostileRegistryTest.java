package dev.tiercel.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.RegistryException.Reason;
import dev.tiercel.schemas.SchemaRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The client against a server that does not mean well: every request ends.
@Timeout(60)
class HostileRegistryTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    private final ServerSocket server;

    HostileRegistryTest() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @FunctionalInterface
    private interface Answer {
        void write(OutputStream out) throws IOException;
    }

    /// Answers every connection, and keeps it open.
    private void serve(Answer answer) {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    Thread.ofVirtual().start(() -> respond(client, answer));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static void respond(Socket client, Answer answer) {
        try {
            client.getInputStream().read(new byte[8_192]);
            answer.write(client.getOutputStream());
        } catch (IOException gone) {
            // the client had enough
        }
    }

    private RegistryException failure(int timeoutMillis) {
        URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort());
        RestRegistryConfig config =
                RestRegistryConfig.of(uri).withRetries(Duration.ofMillis(timeoutMillis), 1, Duration.ofMillis(1));
        try (SchemaRegistry registry = RestRegistry.open(config)) {
            return assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.schema(1))
                    .actual();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200", OK, OK + "Content-Length: 100\r\n\r\n{\"schema\":"})
    void aResponseThatStopsInItsMiddleIsGivenUp(String start) {
        serve(out -> out.write(start.getBytes(US_ASCII)));
        assertThat(failure(200).reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void aResponseThatDripsIsGivenUp() {
        serve(out -> {
            out.write((OK + "Content-Length: 100000\r\n\r\n").getBytes(US_ASCII));
            while (true) {
                out.write(' ');
                out.flush();
                LockSupport.parkNanos(1_000_000);
            }
        });
        assertThat(failure(300).reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void aBodyWithoutEndIsCutOff() {
        byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(US_ASCII);
        serve(out -> {
            out.write((OK + "Transfer-Encoding: chunked\r\n\r\n").getBytes(US_ASCII));
            while (true) {
                out.write(chunk);
            }
        });
        assertThat(failure(20_000).reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000\u0001", "<html>", "[]", "null", "{\"schema\":7}", "{\"schema\":"})
    void garbageIsSaid(String body) {
        serve(out -> out.write((OK + "Content-Length: " + body.length() + "\r\n\r\n" + body).getBytes(US_ASCII)));
        assertThat(failure(5_000).reason()).isEqualTo(Reason.UNEXPECTED);
    }

    @Test
    void deeplyNestedJsonIsGarbage() {
        String body = "[".repeat(1_000_000);
        serve(out -> out.write((OK + "Content-Length: " + body.length() + "\r\n\r\n" + body).getBytes(US_ASCII)));
        assertThat(failure(5_000).reason()).isEqualTo(Reason.UNEXPECTED);
    }
}
