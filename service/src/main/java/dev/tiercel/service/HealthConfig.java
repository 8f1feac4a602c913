package dev.tiercel.service;

/// Where `/healthz`, `/metrics` and `/state` are served. `toString` hides the password.
///
/// @param password who may see `/state`; empty: nobody
/// @param chosen somebody set the port: then it is that one or none
public record HealthConfig(boolean enabled, String host, int port, String password, boolean chosen) {
    private static final int LEAST_PASSWORD = 16;

    /// Reads the `health.*` keys.
    public static HealthConfig from(Settings settings) {
        return new HealthConfig(
                settings.flag("health.enabled", true, "Serve /healthz and /metrics."),
                settings.text("health.host", "127.0.0.1", "Address that the health server listens on."),
                settings.integer("health.port", 8765, 0, 65_535, "Port of the health server; 0: any free one."),
                password(settings),
                settings.isGiven("health.port"));
    }

    private static String password(Settings settings) {
        String password = settings.text(
                "health.password",
                "",
                "Password of /state, which shows keys of correlations; at least 16 characters (empty: nobody may see it; `up` makes its own).");
        if (!password.isEmpty() && password.length() < LEAST_PASSWORD) {
            settings.problem("health.password", "must have at least " + LEAST_PASSWORD + " characters");
        }
        return password;
    }

    /// The same with another password.
    public HealthConfig withPassword(String other) {
        return new HealthConfig(enabled, host, port, other, chosen);
    }

    /// The same on a port that nobody has.
    public HealthConfig onAnyPort() {
        return new HealthConfig(enabled, host, 0, password, false);
    }

    /// Value of the Authorization header that [HealthServer] wants for `/state`.
    public static String authorization(String password) {
        return StateRequests.authorization(password);
    }

    @Override
    public String toString() {
        return "HealthConfig[host=%s, port=%d]".formatted(host, port);
    }
}
