package dev.tiercel.sinks.receiver;

import dev.tiercel.service.ClientTls;
import dev.tiercel.service.PlainText;
import dev.tiercel.service.TlsFiles;
import dev.tiercel.sinks.yaml.Section;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends requests, and says what the answers mean for an alert. Redirects are not followed: what is sent to one
/// address is meant for no other. Thread-safe.
final class HttpSender implements AutoCloseable {
    /// What a receiver says of a body that it will never take.
    private static final Set<Integer> REFUSALS = Set.of(400, 413, 415, 422);

    private static final int QUOTED = 200;
    private static final long LONGEST_BODY = 4 << 20;
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
        Duration timeout =
                section.duration("timeout", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(1));
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

    /// An answer.
    ///
    /// @param body at most four mebibytes; what is not UTF-8 is U+FFFD
    record Response(int status, HttpHeaders headers, String body) {
        boolean isGood() {
            return status / 100 == 2;
        }

        /// The beginning of the body, on one line; empty: none.
        String said() {
            return PlainText.line(
                    body.substring(0, Math.min(body.length(), QUOTED)).strip());
        }
    }

    /// Sends a request; the time limit is that of the whole exchange, so that nobody can hold it up by dripping.
    ///
    /// @throws IOException if there was no answer
    Response exchange(HttpRequest request) throws IOException, InterruptedException {
        Future<HttpResponse<String>> running = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), LONGEST_BODY));
        try {
            HttpResponse<String> response = running.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Response(response.statusCode(), response.headers(), response.body());
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException io ? io : new IOException(failure.getCause());
        } catch (TimeoutException slow) {
            throw new IOException("no whole answer within " + 2 * timeout.toMillis() + " ms", slow);
        } finally {
            running.cancel(true);
        }
    }

    /// What became of a request that is one alert, or whose answer is the same for all of its alerts.
    DeliveryResult result(Response response) {
        if (response.isGood()) return DeliveryResult.DELIVERED;
        String said = response.said();
        String reason = "HTTP status " + response.status() + (said.isEmpty() ? "" : ": " + said);
        return isRefusal(response.status())
                ? new DeliveryResult.Refused(reason)
                : new DeliveryResult.Later(reason, retryAfter(response.headers()));
    }

    /// Whether a status is about what was sent, and not about the sender or the time.
    static boolean isRefusal(int status) {
        return REFUSALS.contains(status);
    }

    /// RFC 9110, 10.2.3: seconds or a date.
    private Duration retryAfter(HttpHeaders headers) {
        String value = headers.firstValue("Retry-After").orElse("").strip();
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
