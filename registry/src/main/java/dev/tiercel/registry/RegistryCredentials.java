package dev.tiercel.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/// How a client of a schema registry says who it is. The text form hides the secret.
public sealed interface RegistryCredentials {

    /// Value of the Authorization header; empty: none is sent.
    String authorization();

    /// Nobody in particular.
    record Anonymous() implements RegistryCredentials {
        @Override
        public String authorization() {
            return "";
        }
    }

    /// HTTP basic authentication.
    record Basic(String user, String password) implements RegistryCredentials {
        @Override
        public String authorization() {
            return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        }

        @Override
        public String toString() {
            return "Basic[user=" + user + ", password=***]";
        }
    }

    /// A bearer token.
    record Bearer(String token) implements RegistryCredentials {
        @Override
        public String authorization() {
            return "Bearer " + token;
        }

        @Override
        public String toString() {
            return "Bearer[token=***]";
        }
    }
}
