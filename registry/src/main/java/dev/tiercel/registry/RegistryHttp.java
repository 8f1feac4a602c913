package dev.tiercel.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.RegistryException.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Requests to a registry server: JSON in and out, tried again while that can help. Redirects are not followed, so
/// credentials go to no other host.
final class RegistryHttp implements AutoCloseable {

    private static final String JSON_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RESPONSE_MAX = 16 << 20;

    /// What a server said.
    record Answer(int status, JsonNode body) {

        boolean ok() {
            return status / 100 == 2;
        }

        int errorCode() {
            return body.path("error_code").asInt(status);
        }

        String message() {
            return body.path("message").asText("HTTP status " + status);
        }

        private boolean worthAnotherTry() {
            return status == 429 || status >= 500;
        }
    }

    private final RestRegistryConfig config;
    private final HttpClient http;

    RegistryHttp(RestRegistryConfig config) {
        this.config = config;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.timeout());
        config.tls().ifPresent(builder::sslContext);
        http = builder.build();
    }

    Answer get(String path) {
        return ask("GET", path, null);
    }

    Answer post(String path, JsonNode body) {
        return ask("POST", path, body);
    }

    Answer put(String path, JsonNode body) {
        return ask("PUT", path, body);
    }

    /// An answer that is final: accepted, or refused for a reason that time does not heal.
    private Answer ask(String method, String path, @Nullable JsonNode body) {
        RegistryException last = null;
        for (int attempt = 0; attempt <= config.retries(); attempt++) {
            pause(attempt);
            for (URI url : config.urls()) {
                try {
                    Answer answer = send(method, url, path, body);
                    if (!answer.worthAnotherTry()) {
                        return accepted(url, answer);
                    }
                    last = new RegistryException(
                            Reason.UNAVAILABLE, place(url) + " status=" + answer.status() + ": " + answer.message());
                } catch (IOException e) {
                    last = new RegistryException(Reason.UNAVAILABLE, place(url) + " does not answer: " + e, e);
                }
            }
        }
        throw last == null ? new RegistryException(Reason.UNAVAILABLE, "retries=" + config.retries()) : last;
    }

    private static Answer accepted(URI url, Answer answer) {
        if (answer.status() == 401 || answer.status() == 403) {
            throw new RegistryException(
                    Reason.REFUSED,
                    place(url) + " refuses the credentials, status=" + answer.status() + ": " + answer.message());
        }
        return answer;
    }

    private Answer send(String method, URI url, String path, @Nullable JsonNode body) throws IOException {
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
        HttpRequest.Builder request = HttpRequest.newBuilder(resolve(url, path))
                .timeout(config.timeout())
                .header("Accept", JSON_TYPE + ", application/json")
                .header("Content-Type", JSON_TYPE)
                .method(method, publisher);
        String authorization = config.credentials().authorization();
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<byte[]> response =
                    http.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), RESPONSE_MAX));
            return new Answer(response.statusCode(), parse(response.body()).orElse(MissingNode.getInstance()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException(Reason.UNAVAILABLE, "interrupted while asking " + place(url), e);
        }
    }

    /// Proxies in between answer in HTML.
    private static Optional<JsonNode> parse(byte[] body) throws IOException {
        try {
            return Optional.ofNullable(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static URI resolve(URI url, String path) {
        String prefix = url.toString();
        return URI.create(prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) + path : prefix + path);
    }

    private static String place(URI url) {
        return "schema registry " + url.getScheme() + "://" + url.getRawAuthority();
    }

    private void pause(int attempt) {
        if (attempt == 0) {
            return;
        }
        try {
            Thread.sleep(config.backOff().multipliedBy(1L << Math.min(attempt - 1, 10)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException(Reason.UNAVAILABLE, "interrupted between tries", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
