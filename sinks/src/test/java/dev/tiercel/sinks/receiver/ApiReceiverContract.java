package dev.tiercel.sinks.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Services by HTTP: a server that answers as theirs does, and refuses what theirs would.
abstract class ApiReceiverContract extends ReceiverContract {
    static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> texts = new ArrayList<>();
    private int status;
    private String retryAfter = "";
    private HttpServer server = serve(0);

    /// What a service answers.
    record Answer(int status, String body) {}

    /// The keys of an output at this address, without a slash at its end.
    abstract String keys(String url);

    /// Takes a request as the service does: its answer, and in `arrived` the text of each alert as it would be shown.
    abstract Answer take(String path, Headers headers, String body, List<String> arrived) throws IOException;

    private HttpServer serve(int port) {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            made.createContext("/", this::answer);
            made.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void answer(HttpExchange request) throws IOException {
        String body = new String(request.getRequestBody().readAllBytes(), UTF_8);
        Answer answer;
        if (status > 0) {
            answer = new Answer(status, "not now");
            if (!retryAfter.isEmpty()) request.getResponseHeaders().set("Retry-After", retryAfter);
        } else {
            List<String> arrived = new ArrayList<>();
            try {
                answer = take(request.getRequestURI().getPath(), request.getRequestHeaders(), body, arrived);
            } catch (AssertionError | RuntimeException wrong) {
                answer = new Answer(400, String.valueOf(wrong.getMessage()));
            }
            if (answer.status() / 100 == 2) texts.addAll(arrived);
        }
        byte[] said = answer.body().getBytes(UTF_8);
        request.sendResponseHeaders(answer.status(), said.length == 0 ? -1 : said.length);
        request.getResponseBody().write(said);
        request.close();
    }

    @AfterEach
    final void stop() {
        server.stop(0);
    }

    @Override
    protected final String keys() {
        return keys("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    protected final void breakDown() {
        server.stop(0);
    }

    @Override
    protected final void repair() {
        server = serve(server.getAddress().getPort());
    }

    @Override
    protected final synchronized List<String> arrived(int count) {
        return List.copyOf(texts);
    }

    static JsonNode json(String body) throws IOException {
        return JSON.readTree(body);
    }

    @Test
    final void itsStatusSaysWhetherItCanBeTriedAgain() throws IOException, InterruptedException {
        Receiver receiver = receiver(keys());
        status = 429;
        retryAfter = "7";
        assertThat(receiver.deliver(notices(0, 1)).getFirst())
                .isEqualTo(new DeliveryResult.Later("HTTP status 429: not now", Duration.ofSeconds(7)));
        retryAfter = "";
        for (int again : new int[] {401, 403, 404, 500, 502, 503}) {
            status = again;
            assertThat(receiver.deliver(notices(0, 1)).getFirst())
                    .isEqualTo(DeliveryResult.later("HTTP status " + again + ": not now"));
        }
        status = 400;
        if (!(receiver.deliver(notices(0, 1)).getFirst() instanceof DeliveryResult.Refused)) return; // its body says
        int batch = Math.min(receiver.batch(), 5);
        assertThat(receiver.deliver(notices(0, batch)))
                .hasSize(batch)
                .allMatch(new DeliveryResult.Refused("HTTP status 400: not now")::equals);
    }
}
