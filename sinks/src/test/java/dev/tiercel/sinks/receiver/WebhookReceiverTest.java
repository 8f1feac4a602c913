package dev.tiercel.sinks.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.alert.TestAlerts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebhookReceiverTest extends ReceiverContract {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> bodies = new ArrayList<>();
    private final List<HttpExchange> requests = new ArrayList<>();
    private int status = 200;
    private String retryAfter = "";
    private HttpServer server = serve(0);

    private HttpServer serve(int port) {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            made.createContext("/", this::answer);
            made.start();
            return made;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private synchronized void answer(HttpExchange request) throws IOException {
        bodies.add(new String(request.getRequestBody().readAllBytes(), UTF_8));
        requests.add(request);
        if (!retryAfter.isEmpty()) request.getResponseHeaders().set("Retry-After", retryAfter);
        byte[] said = "not\u001b now".getBytes(UTF_8);
        request.sendResponseHeaders(status, said.length);
        request.getResponseBody().write(said);
        request.close();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "\"http://127.0.0.1:" + server.getAddress().getPort() + "/in\"";
    }

    @Override
    protected String keys() {
        return "type: webhook, url: " + url() + ", headers: {Authorization: {env: SECRET}}";
    }

    @Override
    protected void breakDown() {
        server.stop(0);
    }

    @Override
    protected void repair() {
        server = serve(server.getAddress().getPort());
    }

    @Override
    protected synchronized List<String> arrived(int count) {
        return List.copyOf(bodies);
    }

    @Test
    void theRequestSaysWhatItIs() throws IOException, InterruptedException, GeneralSecurityException {
        deliver(receiver(keys() + ", hmac: {key: {env: SECRET}, header: X-Hub-Signature-256}"), notices(0, 1));
        HttpExchange request = requests.getFirst();
        assertThat(request.getRequestMethod()).isEqualTo("POST");
        assertThat(request.getRequestHeaders().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(request.getRequestHeaders().getFirst("Idempotency-Key")).isEqualTo("id-0");
        assertThat(request.getRequestHeaders().getFirst("Authorization")).isEqualTo("s3cret");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s3cret".getBytes(UTF_8), "HmacSHA256"));
        assertThat(request.getRequestHeaders().getFirst("X-Hub-Signature-256"))
                .isEqualTo("sha256="
                        + HexFormat.of().formatHex(mac.doFinal(bodies.getFirst().getBytes(UTF_8))));
    }

    @Test
    void itTakesABodyOfOnesOwnWhichNoValueBreaks() throws IOException, InterruptedException {
        Receiver receiver = receiver("type: webhook, method: put, url: " + url()
                + ", body: '{\"text\": \"%alert.rule on %alert.hostname\", \"name\": \"%proc.name\"}'");
        deliver(receiver, List.of(new Notice(AlertView.of(TestAlerts.hostile("h")), null)));
        JsonNode body = JSON.readTree(bodies.getFirst());
        assertThat(body.size()).isEqualTo(2);
        assertThat(body.path("name").asText())
                .contains("\"}]\\ <b>@channel</b> %alert.rule")
                .doesNotContain("\u001b");
        assertThat(requests.getFirst().getRequestMethod()).isEqualTo("PUT");
    }

    @Test
    void aHeaderThatCannotBeSentIsNotShown() throws IOException {
        Files.writeString(folder.resolve("token"), "s3cret\u0001token\n");
        Receiver receiver = receiver("type: webhook, url: " + url() + ", headers: {Authorization: {file: token}}");
        assertThatThrownBy(() -> receiver.deliver(notices(0, 1)))
                .isInstanceOf(IOException.class)
                .hasMessage("the value of header 'Authorization' cannot be sent")
                .hasNoCause();
    }

    @Test
    void falcosToolsAreGivenFalcosJson() throws IOException, InterruptedException {
        deliver(receiver("type: falco, url: " + url()), notices(0, 1));
        JsonNode body = JSON.readTree(bodies.getFirst());
        assertThat(body.path("rule").asText()).isEqualTo("Shell in container");
        assertThat(body.path("output_fields").path("proc.pid").asLong()).isEqualTo(4711);
        assertThat(body.path("time").asText()).isEqualTo("2026-11-27T12:00:00.000000000Z");
    }

    @ParameterizedTest
    @CsvSource({
        "400, true",
        "413, true",
        "422, true",
        "401, false",
        "404, false",
        "429, false",
        "500, false",
        "301, false"
    })
    void whatCannotBeTakenIsRefusedAndAllElseTriedAgain(int answered, boolean refused)
            throws IOException, InterruptedException {
        status = answered;
        DeliveryResult receipt = receiver(keys()).deliver(notices(0, 1)).getFirst();
        if (refused) {
            assertThat(receipt).isEqualTo(new DeliveryResult.Refused("HTTP status " + answered + ": not\\x1b now"));
        } else {
            assertThat(receipt).isEqualTo(DeliveryResult.later("HTTP status " + answered + ": not\\x1b now"));
        }
    }

    @Test
    void itIsLeftAloneAsLongAsItWants() throws IOException, InterruptedException {
        status = 503;
        retryAfter = "120";
        assertThat(((DeliveryResult.Later)
                                receiver(keys()).deliver(notices(0, 1)).getFirst())
                        .after())
                .isEqualTo(Duration.ofMinutes(2));
        retryAfter = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(10));
        assertThat(((DeliveryResult.Later)
                                receiver(keys()).deliver(notices(0, 1)).getFirst())
                        .after())
                .isBetween(Duration.ofMinutes(8), Duration.ofMinutes(10));
        retryAfter = "soon";
        assertThat(((DeliveryResult.Later)
                                receiver(keys()).deliver(notices(0, 1)).getFirst())
                        .after())
                .isEqualTo(Duration.ZERO);
    }
}
