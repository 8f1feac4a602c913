package dev.tiercel.service;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Requests for `/state`: admits those with the password, and reads what they ask for.
///
/// @param password empty: admits none
record StateRequests(String password) {
    static final String PATH = "/state";
    private static final String USER = "tiercel";
    private static final int MOST = 10_000;
    private static final int USUAL = 100;
    private static final Set<String> NAMES = Set.of("limit", "partition", "after");

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
                .map(StateRequests::decoded)
                .toList();
    }

    /// What a query after a path asks for; the limit is at most 10,000, and 100 if it has none.
    ///
    /// @throws IllegalArgumentException for people, if it asks for something else
    static PrivatePages.PageRequest request(String rawPath, @Nullable String rawQuery) {
        Map<String, String> values = values(rawQuery == null ? "" : rawQuery);
        String limit = values.getOrDefault("limit", String.valueOf(USUAL));
        String partition = values.get("partition");
        String after = values.getOrDefault("after", "");
        if (!limit.matches("[1-9][0-9]{0,8}")) throw new IllegalArgumentException("limit is a number from 1 on");
        if (partition != null && !partition.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("partition is a number from 0 on");
        }
        if (partition == null && !after.isEmpty()) {
            throw new IllegalArgumentException("after is where a page of one partition ended; give partition, too");
        }
        return new PrivatePages.PageRequest(
                path(rawPath),
                Math.min(MOST, Integer.parseInt(limit)),
                partition == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(partition)),
                after);
    }

    private static Map<String, String> values(String query) {
        Map<String, String> values = new HashMap<>();
        for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (!NAMES.contains(name) || values.put(name, decoded(part.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("only limit=N, partition=P and after=CURSOR may follow, each once");
            }
        }
        return values;
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
