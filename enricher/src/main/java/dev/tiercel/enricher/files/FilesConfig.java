package dev.tiercel.enricher.files;

import dev.tiercel.service.Settings;
import java.time.Duration;

/// Settings of files.
///
/// @param rescan   how often files are looked at although the kernel reports no change: those of other machines
/// @param patience how long an event that ends too early may be completed by its writer
public record FilesConfig(Duration rescan, Duration patience) {
    /// Reads the keys `enricher.files.*`.
    public static FilesConfig from(Settings settings) {
        return new FilesConfig(
                settings.duration(
                        "enricher.files.rescan",
                        Duration.ofSeconds(30),
                        "How often files and directories are looked at without a notice from the kernel."),
                settings.duration(
                        "enricher.files.patience",
                        Duration.ofMinutes(10),
                        "How long an event at the end of a file may stay incomplete before it is a dead letter."));
    }
}
