package dev.tiercel.enricher.okta;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.enricher.http.Secrets;
import dev.tiercel.enricher.source.OriginException;
import dev.tiercel.service.Health;
import dev.tiercel.service.PlainCause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// Asks Okta's API, with the token that is in a file now.
final class OktaClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI organization;
    private final Secrets token;

    /// @param organization `https://example.okta.com`
    OktaClient(URI organization, Path token) {
        this.organization = organization;
        this.token = new Secrets(token);
    }

    /// @param path and query
    HttpResponse<byte[]> get(String path) throws OriginException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(organization.resolve(path))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .header("Authorization", "SSWS " + token())
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failure) {
            throw new OriginException("cannot read %s: %s".formatted(organization, PlainCause.of(failure)), failure);
        }
    }

    private String token() throws OriginException {
        try {
            String text = new String(token.all().getFirst(), UTF_8);
            if (text.matches("[!-~]+")) return text;
            throw new OriginException("enricher.okta.token-file has no API token: one line of ASCII");
        } catch (UncheckedIOException failure) {
            throw new OriginException(String.valueOf(failure.getMessage()), failure);
        }
    }

    /// Failing while a new version of the token's file cannot be read.
    Health check() {
        return token.check();
    }

    /// Whether a URI is of the same server.
    boolean isOwn(URI uri) {
        return organization.getScheme().equals(uri.getScheme())
                && String.valueOf(organization.getAuthority())
                        .toLowerCase(Locale.ROOT)
                        .equals(String.valueOf(uri.getAuthority()).toLowerCase(Locale.ROOT));
    }

    static OriginException refused(HttpResponse<?> answer) {
        String hint = switch (answer.statusCode()) {
            case UNAUTHORIZED -> ": the token in enricher.okta.token-file is not valid";
            case FORBIDDEN -> ": the token's owner may not read the system log (Report Administrator may)";
            default -> "";
        };
        return new OriginException("Okta answers with status %d%s".formatted(answer.statusCode(), hint));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
