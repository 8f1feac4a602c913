package dev.tiercel.cli.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.service.ClientTls;
import dev.tiercel.service.HealthConfig;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/// Asks the health servers of detectors about `/state`: those given, and those that they name.
final class StateClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int PATIENCE_MS = 10_000;
    private static final int MOST_KEYS = 10_000;
    private static final int MOST_INSTANCES = 1_000;
    private static final int MOST_BYTES = 64 << 20;

    private final String password;
    private final Optional<ClientTls> tls;
    private final Optional<SSLSocketFactory> sockets;

    /// @param tls empty: plain HTTP
    /// @throws EnvironmentException if its authorities cannot be read
    StateClient(String password, Optional<ClientTls> tls) {
        this.password = password;
        this.tls = tls;
        try {
            sockets = tls.map(ClientTls::sockets);
        } catch (IllegalArgumentException unusable) {
            throw new EnvironmentException(unusable.getMessage() + " (health.tls-authority-file)", unusable);
        }
    }

    /// What an instance answered.
    ///
    /// @param status of HTTP
    record Answer(String address, int status, JsonNode body) {
        String error() {
            return PlainText.line(body.path("error").asText("status " + status));
        }
    }

    /// Asks each instance once.
    ///
    /// @param addresses `HOST:PORT`
    /// @throws EnvironmentException if one does not answer, or refuses the password
    List<Answer> ask(List<String> addresses, List<String> path, int limit) {
        Set<String> known = new LinkedHashSet<>(addresses);
        Deque<String> next = new ArrayDeque<>(known);
        List<Answer> answers = new ArrayList<>();
        while (!next.isEmpty() && answers.size() < MOST_INSTANCES) {
            Answer answer = get(next.removeFirst(), path, "limit=" + limit);
            answers.add(answer);
            for (JsonNode other : answer.body().path("instances")) {
                if (known.add(other.asText())) next.add(other.asText());
            }
        }
        return answers;
    }

    /// Asks one instance for keys of a partition, as many as it gives at once.
    ///
    /// @param after where its answer before ended; empty: from the first key
    /// @throws EnvironmentException if it does not answer, or refuses the password
    Answer part(String address, String correlation, int partition, String after) {
        String query = "partition=" + partition + "&limit=" + MOST_KEYS;
        return get(address, List.of(correlation), after.isEmpty() ? query : query + "&after=" + encoded(after));
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer get(String address, List<String> path, String query) {
        String below = path.stream().map(part -> "/" + encoded(part)).collect(Collectors.joining());
        try {
            return answer(address, URI.create(scheme() + "://" + address + "/state" + below + "?" + query));
        } catch (IOException | IllegalArgumentException failure) {
            throw unanswered(address, failure);
        }
    }

    private EnvironmentException unanswered(String address, Exception failure) {
        Optional<String> refusal = failure instanceof IOException broken
                ? tls.flatMap(client -> client.refusal(broken))
                : Optional.empty();
        String message = refusal.map(reason -> "cannot trust the detector at %s: %s".formatted(address, reason))
                .orElseGet(() ->
                        "no detector answers at %s: %s; is it running, is that its health server (health.host, health.port), and does it speak %s (health.tls-authority-file)?"
                                .formatted(address, PlainCause.of(failure), scheme()));
        return new EnvironmentException(message, failure);
    }

    private String scheme() {
        return tls.isPresent() ? "https" : "http";
    }

    private Answer answer(String address, URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        if (connection instanceof HttpsURLConnection https) https.setSSLSocketFactory(sockets.orElseThrow());
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(PATIENCE_MS);
        connection.setReadTimeout(PATIENCE_MS);
        connection.setRequestProperty("Authorization", HealthConfig.authorization(password));
        try {
            int status = connection.getResponseCode();
            Answer answer = new Answer(address, status, body(connection, status));
            if (status == HttpURLConnection.HTTP_UNAUTHORIZED) throw refused(answer);
            return answer;
        } finally {
            connection.disconnect();
        }
    }

    private static JsonNode body(HttpURLConnection connection, int status) throws IOException {
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            if (in == null) return MAPPER.createObjectNode();
            return MAPPER.readTree(in.readNBytes(MOST_BYTES));
        } catch (JsonProcessingException other) {
            throw new IOException("that is not a detector (no JSON, status " + status + ")", other);
        }
    }

    private static EnvironmentException refused(Answer answer) {
        return new EnvironmentException("the detector at %s refuses: %s".formatted(answer.address(), answer.error()));
    }
}
