package dev.tiercel.registry;

import dev.tiercel.service.BasicLogin;

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
            return BasicLogin.header(user, password);
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
