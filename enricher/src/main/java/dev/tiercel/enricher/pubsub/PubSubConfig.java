package dev.tiercel.enricher.pubsub;

import dev.tiercel.service.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// Settings of Pub/Sub.
///
/// @param credentials key file of a service account, or of a workload identity; empty: application default credentials
/// @param endpoint    `https://HOST`, or `http://HOST:PORT` of an emulator, which gets no credentials; empty: Google
public record PubSubConfig(Optional<Path> credentials, Optional<URI> endpoint) {
    private static final String ENDPOINT = "enricher.pubsub.endpoint";

    /// Reads the keys `enricher.pubsub.*`.
    public static PubSubConfig from(Settings settings) {
        Optional<Path> credentials = settings.optional(
                        "enricher.pubsub.credentials-file",
                        "Credentials for Google, JSON (empty: GOOGLE_APPLICATION_CREDENTIALS, those of gcloud, or the"
                                + " machine's service account).")
                .map(Path::of);
        Optional<String> endpoint = settings.optional(
                ENDPOINT,
                "Pub/Sub's server, `https://HOST`, or `http://HOST:PORT` of an emulator, without credentials (empty:"
                        + " Google).");
        if (endpoint.isPresent() && !isServer(endpoint.get())) {
            settings.problem(ENDPOINT, "must be https://HOST or http://HOST:PORT");
            endpoint = Optional.empty();
        }
        return new PubSubConfig(credentials, endpoint.map(URI::create));
    }

    private static boolean isServer(String text) {
        return text.matches("https?://[^/\\s:]+(:[0-9]{1,5})?/?");
    }
}
