package dev.tiercel.detector.execs;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a request to enter a pod asks for: the query of `/api/v1/namespaces/shop/pods/web-0/exec?command=sh&tty=true`.
///
/// @param container empty: not named
/// @param command argument by argument; empty: not known
record ExecQuery(String container, List<String> command, boolean stdin, boolean tty) {
    private static final ExecQuery NONE = new ExecQuery("", List.of(), false, false);

    /// A longer command is not known.
    private static final int LONGEST = 16 << 10;

    /// That of a URI; nothing is known of one without a query, or with one that is not well formed.
    static ExecQuery of(String uri) {
        int query = uri.indexOf('?');
        if (query < 0) return NONE;
        try {
            return read(uri.substring(query + 1));
        } catch (IllegalArgumentException malformed) {
            return NONE;
        }
    }

    private static ExecQuery read(String query) {
        List<String> command = new ArrayList<>();
        String container = "";
        boolean stdin = false;
        boolean tty = false;
        for (String pair : query.split("&", -1)) {
            String value = value(pair);
            switch (pair.substring(0, Math.max(0, pair.indexOf('=')))) {
                case "command" -> command.add(value);
                case "container" -> container = value;
                case "stdin" -> stdin = isTrue(value);
                case "tty" -> tty = isTrue(value);
                default -> {}
            }
        }
        return new ExecQuery(container, query.length() > LONGEST ? List.of() : command, stdin, tty);
    }

    private static String value(String pair) {
        return URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8);
    }

    /// As Go reads it.
    private static boolean isTrue(String value) {
        return switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            default -> false;
        };
    }
}
