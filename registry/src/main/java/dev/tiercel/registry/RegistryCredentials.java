package dev.tiercel.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/// Credentials of a schema registry client. `toString` hides the secret.
public sealed interface RegistryCredentials {

    /// Value of the Authorization header; empty: not sent.
    String authorization();

    /// No credentials.
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
