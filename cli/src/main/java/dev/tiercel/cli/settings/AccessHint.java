package dev.tiercel.cli.settings;

import java.util.Map;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/// Says what to do when a Kafka cluster did not let a command in.
public final class AccessHint {
    private AccessHint() {}

    /// The end of a message. A broker that wants a password closes the connection of a client that offers none,
    /// which looks like no broker at all.
    ///
    /// @param kafka settings of the client that failed
    public static String of(Map<String, ?> kafka, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthenticationException) {
                return "wrong password: is that the broker of your `up`? See --data and docs/security.md";
            }
            if (cause instanceof AuthorizationException) {
                return "this user may not do that: docs/security.md lists the rights that each part needs";
            }
        }
        return kafka.containsKey("security.protocol")
                ? "is `tiercel up` running, is --bootstrap right?"
                : "is `tiercel up` running, is --bootstrap right? `up` admits only the user who started it: run this as"
                        + " that user, with the same --data";
    }
}
