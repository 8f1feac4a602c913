package dev.tiercel.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.RegistryException.Reason;
import dev.tiercel.service.PlainCause;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Sends requests with JSON bodies to a registry server and retries transient failures. Redirects are not followed, so
/// credentials go to no other host.
final class RegistryHttp implements AutoCloseable {

    private static final String JSON_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_RESPONSE_BYTES = 16 << 20;

    /// A response of a server.
    record Response(int status, JsonNode body) {

        boolean ok() {
            return status / 100 == 2;
        }

        int errorCode() {
            return body.path("error_code").asInt(status);
        }

        String message() {
            return body.path("message").asText("HTTP status " + status);
        }

        private boolean isTransient() {
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

    Response get(String path) {
        return request("GET", path, null);
    }

    Response post(String path, JsonNode body) {
        return request("POST", path, body);
    }

    Response put(String path, JsonNode body) {
        return request("PUT", path, body);
    }

    /// Returns the first response that is final: success, or an error that a retry cannot fix.
    private Response request(String method, String path, @Nullable JsonNode body) {
        RegistryException last = null;
        for (int attempt = 0; attempt <= config.retries(); attempt++) {
            pause(attempt);
            for (URI url : config.urls()) {
                try {
                    Response response = send(method, url, path, body);
                    if (!response.isTransient()) {
                        return accepted(url, response);
                    }
                    last = new RegistryException(
                            Reason.UNAVAILABLE,
                            server(url) + " status=" + response.status() + ": " + response.message());
                } catch (IOException e) {
                    last = new RegistryException(Reason.UNAVAILABLE, server(url) + " does not respond: " + PlainCause.of(e), e);
                }
            }
        }
        throw last == null ? new RegistryException(Reason.UNAVAILABLE, "retries=" + config.retries()) : last;
    }

    private static Response accepted(URI url, Response response) {
        if (response.status() == 401 || response.status() == 403) {
            throw new RegistryException(
                    Reason.REFUSED,
                    server(url) + " rejects the credentials, status=" + response.status() + ": " + response.message());
        }
        return response;
    }

    private Response send(String method, URI url, String path, @Nullable JsonNode body) throws IOException {
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
        HttpResponse<byte[]> response = whole(request.build(), url);
        return new Response(response.statusCode(), parse(response.body()).orElse(MissingNode.getInstance()));
    }

    /// The client's own time limit ends with the headers (before JDK 26); a body that never ends must end, too.
    private HttpResponse<byte[]> whole(HttpRequest request, URI url) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> response =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_RESPONSE_BYTES));
        try {
            return response.get(config.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException(
                    "no whole response within " + config.timeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException(Reason.UNAVAILABLE, "interrupted while calling " + server(url), e);
        } finally {
            response.cancel(true);
        }
    }

    /// Proxies may respond with HTML.
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

    private static String server(URI url) {
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
            throw new RegistryException(Reason.UNAVAILABLE, "interrupted between retries", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
