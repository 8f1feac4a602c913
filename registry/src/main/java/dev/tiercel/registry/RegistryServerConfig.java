package dev.tiercel.registry;

import dev.tiercel.service.Loopback;
import dev.tiercel.service.Settings;
import dev.tiercel.service.TlsFiles;
import java.nio.file.Path;
import java.util.Optional;

/// Where a registry in a process of its own listens, and what it requires. `toString` hides the password.
///
/// @param host     address to listen on
/// @param port     0: any free one
/// @param required what every request must carry
/// @param tls      key and certificate; empty: plain HTTP
/// @param clientCa PEM: clients must show a certificate of these authorities; empty: none is needed
public record RegistryServerConfig(
        String host, int port, RegistryCredentials required, Optional<TlsFiles> tls, Optional<Path> clientCa) {
    private static final String PREFIX = "schemas.";
    private static final String PASSWORD = PREFIX + "password";
    private static final String CLIENT_CA = PREFIX + "client-ca-file";

    /// Reads the `schemas.*` keys.
    public static RegistryServerConfig from(Settings settings) {
        String host = settings.text("schemas.host", "127.0.0.1", "Address that the schema registry listens on.");
        int port = settings.integer("schemas.port", 8081, 0, 65_535, "Port of the schema registry; 0: any free one.");
        String user = settings.text("schemas.user", "tiercel", "User that every request must name.");
        String password = settings.password(
                PASSWORD,
                "Password of that user, at least 16 characters; empty: none, on loopback or with schemas.client-ca-file only.");
        Optional<TlsFiles> tls = TlsFiles.from(settings, PREFIX, "the schema registry");
        Optional<Path> clientCa = settings.optional(
                        CLIENT_CA,
                        "Authorities of client certificates, PEM; without one of theirs nobody may ask (empty: none needed).")
                .map(Path::of);
        if (clientCa.isPresent() && tls.isEmpty()) {
            settings.problem(CLIENT_CA, "needs TLS: set " + PREFIX + TlsFiles.KEY);
        }
        if (password.isEmpty() && clientCa.isEmpty() && !Loopback.is(host)) {
            settings.problem(PASSWORD, "or " + CLIENT_CA + " is required where schemas.host is not a loopback address");
        }
        return new RegistryServerConfig(
                host,
                port,
                password.isEmpty()
                        ? new RegistryCredentials.Anonymous()
                        : new RegistryCredentials.Basic(user, password),
                tls,
                clientCa);
    }
}
