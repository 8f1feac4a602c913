package dev.tiercel.enricher.github;

import dev.tiercel.enricher.http.HttpAccess;
import dev.tiercel.service.Settings;
import java.nio.file.Path;
import java.util.Optional;

/// Settings of GitHub.
///
/// @param secretFile secrets of webhooks, one a line; empty: deliveries need no signature
public record GithubConfig(Optional<Path> secretFile, HttpAccess access) {
    /// Reads the keys `enricher.github.*`.
    public static GithubConfig from(Settings settings) {
        return new GithubConfig(
                settings.optional(
                                "enricher.github.secret-file",
                                "Secrets of webhooks, one a line; without a signature by one of them nothing is taken (empty:"
                                        + " none needed).")
                        .map(Path::of),
                HttpAccess.from(settings, "github"));
    }
}
