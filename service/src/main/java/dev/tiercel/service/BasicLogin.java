package dev.tiercel.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// HTTP's Basic authentication (RFC 7617).
public final class BasicLogin {
    /// Value of the WWW-Authenticate header of a refusal.
    public static final String CHALLENGE = "Basic realm=\"tiercel\"";

    private BasicLogin() {}

    /// Value of the Authorization header that carries user and password.
    public static String header(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    /// Whether the Authorization header of a request is `required`; takes as long if it is not.
    ///
    /// @param given null: the request has none
    public static boolean admits(String required, @Nullable String given) {
        return MessageDigest.isEqual(required.getBytes(UTF_8), (given == null ? "" : given).getBytes(UTF_8));
    }
}
