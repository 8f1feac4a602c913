package dev.tiercel.service;

import java.nio.file.Path;
import java.util.Optional;

/// Where `/healthz`, `/metrics` and `/state` are served, and to whom. `toString` hides the passwords.
///
/// @param password who may see all of it, `/state` too; empty: nobody sees that
/// @param metricsPassword who may see `/healthz` and `/metrics`; empty: everybody, on loopback only
/// @param tls key and certificate; empty: plain HTTP
/// @param authorities PEM: whom those trust who ask such servers; empty: the authorities of their JVM
/// @param file kept up to date with whether all is well; empty: none
/// @param chosen somebody set the port: then it is that one or none
public record HealthConfig(
        boolean enabled,
        String host,
        int port,
        String password,
        String metricsPassword,
        Optional<TlsFiles> tls,
        Optional<Path> authorities,
        Optional<Path> file,
        boolean chosen) {
    private static final String METRICS_PASSWORD = "health.metrics-password";

    /// Reads the `health.*` keys.
    public static HealthConfig from(Settings settings) {
        HealthConfig config = new HealthConfig(
                settings.flag("health.enabled", true, "Serve /healthz and /metrics."),
                settings.text("health.host", "127.0.0.1", "Address that the health server listens on."),
                settings.integer("health.port", 8765, 0, 65_535, "Port of the health server; 0: any free one."),
                settings.password(
                        "health.password",
                        "Password of /state, which shows keys of correlations; at least 16 characters (empty: nobody may see it; `up` makes its own)."),
                settings.password(
                        METRICS_PASSWORD,
                        "Password of /healthz and /metrics alone; at least 16 characters (empty: none is needed on loopback; beyond it that of /state is)."),
                TlsFiles.from(settings, "health.", "the health server"),
                settings.optional(
                                "health.tls-authority-file",
                                "Authorities of the health servers that `tiercel state` asks, PEM; it asks by TLS if this or health.tls-key-file is set (empty: those of the JVM).")
                        .map(Path::of),
                settings.optional(
                                "health.file",
                                "A file that says `ok` or `failing`, as /healthz does, and since 1970 how many seconds had passed; written every 2 s, for checks without a connection (empty: none).")
                        .map(Path::of),
                settings.isGiven("health.port"));
        if (config.enabled
                && config.asksForPassword()
                && config.password.isEmpty()
                && config.metricsPassword.isEmpty()) {
            settings.problem(METRICS_PASSWORD, "is required where health.host is not a loopback address");
        }
        return config;
    }

    /// Whether `/healthz` and `/metrics` are for those who have a password: either of the two.
    boolean asksForPassword() {
        return !metricsPassword.isEmpty() || !Loopback.is(host);
    }

    /// The same with another password of `/state`.
    public HealthConfig withPassword(String other) {
        return new HealthConfig(enabled, host, port, other, metricsPassword, tls, authorities, file, chosen);
    }

    /// The same on a port that nobody has.
    public HealthConfig onAnyPort() {
        return new HealthConfig(enabled, host, 0, password, metricsPassword, tls, authorities, file, false);
    }

    /// Value of the Authorization header that [HealthServer] wants.
    public static String authorization(String password) {
        return StateRequests.authorization(password);
    }

    @Override
    public String toString() {
        return "HealthConfig[host=%s, port=%d]".formatted(host, port);
    }
}
