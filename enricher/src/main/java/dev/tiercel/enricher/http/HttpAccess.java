package dev.tiercel.enricher.http;

import dev.tiercel.service.Settings;
import java.nio.file.Path;
import java.util.Optional;

/// Who may post to the endpoint of one kind of source; what is configured must all be there.
///
/// @param tokenFile one bearer token a line
/// @param clientCa  PEM: authorities of client certificates
/// @param oidc      who signs in with tokens of Google
/// @param keys      prefix of the settings, for messages
public record HttpAccess(Optional<Path> tokenFile, Optional<Path> clientCa, Optional<OidcAccess> oidc, String keys) {
    /// Reads the keys `enricher.KIND.token-file` and `client-ca-file`.
    ///
    /// @param kind as users write it: `k8s-audit`
    public static HttpAccess from(Settings settings, String kind) {
        String keys = "enricher." + kind + ".";
        return new HttpAccess(
                HttpConfig.file(
                        settings,
                        keys + "token-file",
                        "Bearer tokens that senders may use, one a line; read again when it changes (empty: none needed)."),
                HttpConfig.file(
                        settings,
                        keys + "client-ca-file",
                        "Authorities of client certificates, PEM; without one of theirs nobody may send (empty: none"
                                + " needed)."),
                Optional.empty(),
                keys);
    }

    /// Reads the keys `enricher.KIND.oidc-*` too, of a kind that Pub/Sub can push.
    public static HttpAccess pushed(Settings settings, String kind) {
        HttpAccess access = from(settings, kind);
        return new HttpAccess(access.tokenFile, access.clientCa, OidcAccess.from(settings, access.keys), access.keys);
    }

    boolean asks() {
        return tokenFile.isPresent() || clientCa.isPresent() || oidc.isPresent();
    }
}
