package dev.tiercel.service;

/// Where `/healthz` and `/metrics` are served.
///
/// @param chosen somebody set the port: then it is that one or none
public record HealthConfig(boolean enabled, String host, int port, boolean chosen) {
    /// Reads the `health.*` keys.
    public static HealthConfig from(Settings settings) {
        return new HealthConfig(
                settings.flag("health.enabled", true, "Serve /healthz and /metrics."),
                settings.text("health.host", "127.0.0.1", "Address that the health server listens on."),
                settings.integer("health.port", 8765, 0, 65_535, "Port of the health server; 0: any free one."),
                settings.isGiven("health.port"));
    }
}
