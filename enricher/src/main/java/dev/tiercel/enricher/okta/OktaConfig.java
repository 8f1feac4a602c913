package dev.tiercel.enricher.okta;

import dev.tiercel.service.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Settings of Okta.
///
/// @param organization origin of all events; empty: the host that is polled
/// @param token        file with the API token; empty: the log cannot be polled
/// @param poll         how often the log is asked when it has nothing new
/// @param since        how far back the first start reads
public record OktaConfig(String organization, Optional<Path> token, Duration poll, Duration since) {
    /// Reads the keys `enricher.okta.*`.
    public static OktaConfig from(Settings settings) {
        return new OktaConfig(
                settings.text(
                        "enricher.okta.organization", "", "Origin of the events (empty: the host that is polled)."),
                settings.optional("enricher.okta.token-file", "File with the API token; read again when it changes.")
                        .map(Path::of),
                settings.duration(
                        "enricher.okta.poll",
                        Duration.ofSeconds(15),
                        "How often the system log is asked for more when it has nothing new."),
                settings.duration(
                        "enricher.okta.since",
                        Duration.ofDays(7),
                        "How far back the first start reads; Okta keeps 90 days."));
    }
}
