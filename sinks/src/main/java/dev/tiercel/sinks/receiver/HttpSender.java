package dev.tiercel.sinks.receiver;

import dev.tiercel.service.ClientTls;
import dev.tiercel.service.PlainText;
import dev.tiercel.service.TlsFiles;
import dev.tiercel.sinks.yaml.Section;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

/// Sends requests, and says what the answers mean for an alert. Redirects are not followed: what is sent to one
/// address is meant for no other. Thread-safe.
final class HttpSender implements AutoCloseable {
    /// What a receiver says of a body that it will never take.
    private static final Set<Integer> REFUSALS = Set.of(400, 405, 410, 411, 413, 414, 415, 422);

    private static final int QUOTED = 200;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final HttpClient client;
    private final Duration timeout;
    private final Clock clock;

    private HttpSender(HttpClient client, Duration timeout, Clock clock) {
        this.client = client;
        this.timeout = timeout;
        this.clock = clock;
    }

    /// Reads `timeout` and `tls`.
    static HttpSender read(Section section) {
        Duration timeout = section.duration("timeout", Duration.ofSeconds(10));
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER);
        section.section("tls").ifPresent(tls -> trust(tls, client));
        return new HttpSender(client.build(), timeout, Clock.systemUTC());
    }

    private static void trust(Section tls, HttpClient.Builder client) {
        Optional<Path> authority = tls.path("authority-file");
        Optional<Path> certificate = tls.path("certificate-file");
        Optional<Path> key = tls.path("key-file");
        tls.end();
        if (certificate.isPresent() != key.isPresent()) {
            tls.problem(
                    certificate.isPresent() ? "certificate-file" : "key-file",
                    "needs the other of certificate-file and key-file");
            return;
        }
        try {
            client.sslContext(new ClientTls(authority).context(key.map(file -> new TlsFiles(file, certificate, ""))));
        } catch (RuntimeException unusable) {
            tls.problem(authority.isPresent() ? "authority-file" : "key-file", String.valueOf(unusable.getMessage()));
        }
    }

    /// A request with the time limit.
    HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(timeout);
    }

    /// What became of it.
    ///
    /// @throws IOException if there was no answer
    DeliveryResult send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        String said = said(response);
        int status = response.statusCode();
        if (status / 100 == 2) return DeliveryResult.DELIVERED;
        String reason = "HTTP status " + status + (said.isEmpty() ? "" : ": " + said);
        if (REFUSALS.contains(status)) return new DeliveryResult.Refused(reason);
        return new DeliveryResult.Later(reason, retryAfter(response));
    }

    /// The beginning of the body, on one line; empty: none.
    private static String said(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            byte[] beginning = body.readNBytes(QUOTED);
            return PlainText.line(new String(beginning, StandardCharsets.UTF_8).strip());
        }
    }

    /// RFC 9110, 10.2.3: seconds or a date.
    private Duration retryAfter(HttpResponse<?> response) {
        String value = response.headers().firstValue("Retry-After").orElse("").strip();
        Duration wait = Duration.ZERO;
        try {
            if (value.matches("[0-9]{1,9}")) {
                wait = Duration.ofSeconds(Long.parseLong(value));
            } else if (!value.isEmpty()) {
                wait = Duration.between(
                        clock.instant(),
                        ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant());
            }
        } catch (DateTimeException neither) {
            return Duration.ZERO;
        }
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    /// Whether somebody listens at the address.
    void connect(URI address) throws IOException {
        int port =
                address.getPort() >= 0 ? address.getPort() : address.getScheme().equals("https") ? 443 : 80;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), port), (int) timeout.toMillis());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
