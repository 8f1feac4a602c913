package dev.tiercel.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.RegistryException.Reason;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The client against a server that answers as the test says.
@Timeout(60)
class RestRegistryTest {

    private static final String SCHEMA = "{\"schema\":\"\\\"long\\\"\"}";

    private record Answer(int status, String body) {}

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> authorizations = new ArrayList<>();
    private final HttpServer server;

    RestRegistryTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        Answer answer = answers.isEmpty() ? new Answer(200, SCHEMA) : answers.removeFirst();
        if (answer.status() == 307) {
            exchange.getResponseHeaders().set("Location", uri() + "/elsewhere");
        }
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private RestRegistryConfig config() {
        return RestRegistryConfig.of(uri()).withPatience(Duration.ofSeconds(5), 2, Duration.ofMillis(1));
    }

    @Test
    void asksForASchemaOnce() {
        try (SchemaRegistry registry = RestRegistry.open(config())) {
            assertThat(registry.schema(3)).isEqualTo("\"long\"");
            assertThat(registry.schema(3)).isEqualTo("\"long\"");
        }
        assertThat(requests).containsExactly("GET /schemas/ids/3");
    }

    @Test
    void triesAgainWhenTheServerFailsOrIsBusy() {
        answers.add(new Answer(503, ""));
        answers.add(new Answer(429, "<html>busy</html>"));
        try (SchemaRegistry registry = RestRegistry.open(config())) {
            assertThat(registry.schema(3)).isEqualTo("\"long\"");
        }
        assertThat(requests).hasSize(3);
    }

    @Test
    void givesUpAfterTheRetriesAndSaysWhatWasAnswered() {
        for (int i = 0; i < 3; i++) {
            answers.add(new Answer(500, "{\"error_code\":50001,\"message\":\"store is down\"}"));
        }
        try (SchemaRegistry registry = RestRegistry.open(config())) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.schema(3))
                    .withMessage("schema registry " + uri() + " status=500: store is down")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
        }
        assertThat(requests).hasSize(3);
    }

    @Test
    void doesNotTryAgainWhatIsRefused() {
        answers.add(new Answer(409, "{\"error_code\":409,\"message\":\"no\"}"));
        try (SchemaRegistry registry = RestRegistry.open(config())) {
            RegistryContract.assertReason(Reason.INCOMPATIBLE, () -> registry.register("s", "\"long\""));
        }
        assertThat(requests).containsExactly("POST /subjects/s/versions");
    }

    @Test
    void asksTheNextServerWhenOneDoesNotAnswer() throws IOException {
        URI dead;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        RestRegistryConfig config =
                RestRegistryConfig.of(dead, uri()).withPatience(Duration.ofSeconds(5), 0, Duration.ZERO);
        try (SchemaRegistry registry = RestRegistry.open(config)) {
            assertThat(registry.schema(3)).isEqualTo("\"long\"");
        }
        RestRegistryConfig hopeless = RestRegistryConfig.of(dead).withPatience(Duration.ofSeconds(5), 1, Duration.ZERO);
        try (SchemaRegistry registry = RestRegistry.open(hopeless)) {
            RegistryContract.assertReason(Reason.UNAVAILABLE, () -> registry.schema(3));
        }
    }

    @Test
    void sendsCredentialsAndNeverShowsThem() {
        RestRegistryConfig basic = config().withCredentials(new RegistryCredentials.Basic("me", "s3cret"));
        RestRegistryConfig bearer = config().withCredentials(new RegistryCredentials.Bearer("t0ken"));
        try (SchemaRegistry one = RestRegistry.open(basic);
                SchemaRegistry two = RestRegistry.open(bearer)) {
            assertThat(one.schema(1)).isEqualTo("\"long\"");
            assertThat(two.schema(1)).isEqualTo("\"long\"");
            answers.add(new Answer(401, ""));
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> one.schema(2))
                    .withMessageNotContaining("s3cret")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
        }
        assertThat(authorizations).startsWith("Basic bWU6czNjcmV0", "Bearer t0ken");
        assertThat(basic.toString() + bearer).contains("***").doesNotContain("s3cret", "t0ken");
    }

    @Test
    void followsNoRedirectSoCredentialsStayWhereTheyBelong() {
        answers.add(new Answer(307, ""));
        try (SchemaRegistry registry =
                RestRegistry.open(config().withCredentials(new RegistryCredentials.Bearer("t0ken")))) {
            RegistryContract.assertReason(Reason.UNEXPECTED, () -> registry.schema(3));
        }
        assertThat(requests).hasSize(1);
    }

    @Test
    void anAnswerThatIsNotTheApiSaysThatTheUrlMayBeWrong() {
        answers.add(new Answer(200, "<html>welcome</html>"));
        try (SchemaRegistry registry = RestRegistry.open(config())) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.schema(3))
                    .withMessageContaining("wrong URL?");
        }
    }

    @Test
    void aPathInTheUrlIsKept() {
        RestRegistryConfig config = RestRegistryConfig.of(URI.create(uri() + "/apis/ccompat/v7/"));
        try (SchemaRegistry registry = RestRegistry.open(config)) {
            assertThat(registry.schema(3)).isEqualTo("\"long\"");
        }
        assertThat(requests).containsExactly("GET /apis/ccompat/v7/schemas/ids/3");
    }

    @Test
    void urlsWithCredentialsOrOtherSchemesAreRefusedWithoutShowingThem() {
        assertThatThrownBy(() -> RestRegistryConfig.of(URI.create("http://me:s3cret@host:1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> RestRegistryConfig.of(URI.create("ftp://host")))
                .hasMessageContaining("http(s)");
        assertThatThrownBy(() -> RestRegistryConfig.of()).hasMessageContaining("no registry URL");
    }

    @Test
    void tlsFilesThatCannotBeReadAreNamed() {
        assertThatThrownBy(() -> RegistryTls.context(Optional.of(Path.of("absent.pem")), Optional.empty(), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("absent.pem");
    }

    @Test
    void aRecordIsNotBadBecauseNoRegistryAnswers() {
        try (SchemaRegistry silent = RestRegistry.open(RestRegistryConfig.of(URI.create("http://127.0.0.1:9"))
                .withPatience(Duration.ofSeconds(2), 0, Duration.ZERO))) {
            AvroSerde<Alert> serde = AvroSerde.of(Alert.class, silent, Topics.ALERTS);
            RegistryContract.assertReason(Reason.UNAVAILABLE, () -> serde.read(new byte[] {0, 0, 0, 0, 1, 0}));
        }
    }
}
