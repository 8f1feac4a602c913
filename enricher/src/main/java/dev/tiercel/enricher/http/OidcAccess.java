package dev.tiercel.enricher.http;

import dev.tiercel.service.Settings;
import java.net.URI;
import java.util.Optional;

/// Senders that sign in with a token of Google (OpenID Connect), as Pub/Sub does when it pushes.
///
/// @param audience for whom the token must be
/// @param email    of the service account that must send it
/// @param keys     where Google's public keys are
/// @param prefix   of the settings, for messages
record OidcAccess(String audience, String email, URI keys, String prefix) {
    private static final String GOOGLE = "https://www.googleapis.com/oauth2/v3/certs";

    /// Reads the keys `enricher.KIND.oidc-*`; empty: no such token is needed.
    static Optional<OidcAccess> from(Settings settings, String prefix) {
        Optional<String> audience = settings.optional(
                prefix + "oidc-audience",
                "Audience of the tokens that Pub/Sub signs in with when it pushes; without a valid one nobody may send"
                        + " (empty: none needed).");
        Optional<String> email = settings.optional(
                prefix + "oidc-email", "The service account whose tokens these must be; needed with the audience.");
        String keys =
                settings.text(prefix + "oidc-keys", GOOGLE, "Where the keys are that such tokens are signed with.");
        if (audience.isPresent() != email.isPresent()) {
            settings.problem(prefix + "oidc-audience", "needs " + prefix + "oidc-email, and the other way round");
        }
        if (!keys.matches("https://[^\\s]+|http://(127\\.0\\.0\\.1|localhost|\\[::1])[:/][^\\s]*")) {
            settings.problem(prefix + "oidc-keys", "must be https://…");
            return Optional.empty();
        }
        return audience.map(wanted -> new OidcAccess(wanted, email.orElse(""), URI.create(keys), prefix));
    }
}
