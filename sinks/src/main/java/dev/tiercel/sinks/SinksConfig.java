package dev.tiercel.sinks;

import dev.tiercel.service.Settings;
import java.nio.file.Path;
import java.util.Optional;

/// Configuration of sinks.
///
/// @param file  outputs and routes; empty: there are none
/// @param start where an output begins that is new: `latest` or `earliest`
public record SinksConfig(Optional<Path> file, String start) {
    /// Reads the `sinks.*` keys.
    public static SinksConfig from(Settings settings) {
        String start = settings.text(
                "sinks.start",
                "latest",
                "Where a new output begins: latest, with the alerts to come, or earliest, with all that there are.");
        if (!start.equals("latest") && !start.equals("earliest")) {
            settings.problem("sinks.start", "must be latest or earliest");
        }
        return new SinksConfig(
                settings.optional("sinks.file", "Sinks file: outputs and routes of alerts (empty: none).")
                        .map(Path::of),
                start);
    }

    /// The same with another file, if one is given.
    public SinksConfig with(Optional<Path> other) {
        return other.isPresent() ? new SinksConfig(other, start) : this;
    }
}
