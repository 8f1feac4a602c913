package dev.tiercel.service;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests for `/state`: admits those with the password, and reads what they ask for.
///
/// @param password empty: admits none
record StateRequests(String password) {
    static final String PATH = "/state";
    private static final String USER = "tiercel";
    private static final int MOST = 10_000;
    private static final int USUAL = 100;
    private static final String LIMIT = "limit=";

    /// Value of the header that carries the password.
    static String authorization(String password) {
        return BasicLogin.header(USER, password);
    }

    /// Whether the value of a request's Authorization header is right.
    boolean admits(@Nullable String header) {
        return BasicLogin.admits(authorization(password), header) && !password.isEmpty();
    }

    String refusal() {
        return password.isEmpty()
                ? "{\"error\":\"health.password is not set: nobody may see keys\"}\n"
                : "{\"error\":\"a password is required: health.password; that of up is in health.properties of its data directory\"}\n";
    }

    /// `/state/a/b%2Fc` → a, b/c.
    ///
    /// @throws IllegalArgumentException if it is not encoded well
    static List<String> path(String raw) {
        if (raw.equals(PATH) || raw.equals(PATH + "/")) return List.of();
        return Arrays.stream(raw.substring(PATH.length() + 1).split("/", -1))
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    /// The limit in a query, at most 10,000; 100 if it has none.
    ///
    /// @throws IllegalArgumentException if it is no number from 1 on
    static int limit(@Nullable String query) {
        if (query == null || query.isEmpty()) return USUAL;
        if (!query.matches(LIMIT + "[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("only limit=N, from 1, may follow the path");
        }
        return Math.min(MOST, Integer.parseInt(query.substring(LIMIT.length())));
    }
}
