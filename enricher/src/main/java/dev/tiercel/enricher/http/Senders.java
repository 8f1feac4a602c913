package dev.tiercel.enricher.http;

import com.sun.net.httpserver.HttpExchange;
import dev.tiercel.service.Health;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/// Knows senders by their bearer tokens, and by those that Google signs; client certificates are checked by TLS.
/// Thread-safe.
///
/// The token is in `Authorization: Bearer`, in `X-Amz-Firehose-Access-Key`, or in the parameter `token` of the
/// query, for senders that can set no header.
final class Senders {
    private static final String SCHEME = "Bearer ";

    /// At least, between two fetches for keys of Google that are not known.
    private static final long FETCH_PAUSE_MILLIS = 10_000;

    private final Optional<Secrets> tokens;
    private final Optional<OidcTokens> signed;

    Senders(HttpAccess access) {
        tokens = access.tokenFile().map(Secrets::new);
        signed = access.oidc().map(oidc -> new OidcTokens(oidc, FETCH_PAUSE_MILLIS));
    }

    void start() {
        tokens.ifPresent(Secrets::require);
    }

    /// @throws RefusedException if the sender does not show all that is asked for
    void require(HttpExchange exchange) throws RefusedException {
        if (tokens.isPresent() && given(exchange).noneMatch(tokens.get()::have)) {
            throw new RefusedException(Answer.unknownSender("a valid bearer token is required"));
        }
        if (signed.isPresent()) {
            signed.get().require(authorization(exchange).findFirst().orElse(""));
        }
    }

    private static Stream<String> authorization(HttpExchange exchange) {
        return header(exchange, "Authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }

    private static Stream<String> given(HttpExchange exchange) {
        Stream<String> authorization = authorization(exchange);
        Stream<String> key = header(exchange, "X-Amz-Firehose-Access-Key");
        return Stream.of(authorization, key, parameter(exchange)).flatMap(each -> each);
    }

    private static Stream<String> header(HttpExchange exchange, String name) {
        return Stream.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    private static Stream<String> parameter(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null
                ? Stream.empty()
                : Stream.of(query.split("&", -1))
                        .filter(part -> part.startsWith("token="))
                        .map(part -> decoded(part.substring("token=".length())));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    Health check() {
        return tokens.map(Secrets::check)
                .orElse(Health.ok())
                .and(signed.map(OidcTokens::check).orElse(Health.ok()));
    }
}
