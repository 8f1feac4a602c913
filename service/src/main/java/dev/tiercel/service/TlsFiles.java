package dev.tiercel.service;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/// The files with the private key of a server and its certificates. `toString` hides the password.
///
/// @param key         PEM, PKCS #8; without `certificate` a PKCS #12 store of one key with its certificates
/// @param certificate PEM, the server's own first
/// @param password    of the store; empty if there is none
public record TlsFiles(Path key, Optional<Path> certificate, String password) {
    /// End of the name of the setting with the certificate.
    public static final String CERTIFICATE = "tls-certificate-file";

    /// End of the name of the setting with the key.
    public static final String KEY = "tls-key-file";

    private static final String PASSWORD = "tls-key-password";

    /// Reads the keys `PREFIX.tls-certificate-file`, `tls-key-file` and `tls-key-password`; empty: no TLS.
    ///
    /// @param prefix with the dot at its end
    /// @param server whose they are, as a message continues: `the HTTPS endpoints`
    public static Optional<TlsFiles> from(Settings settings, String prefix, String server) {
        Optional<Path> certificate = settings.optional(
                        prefix + CERTIFICATE,
                        "Certificate of %s, PEM, with intermediate ones; read again when it changes (empty: no TLS)."
                                .formatted(server))
                .map(Path::of);
        Optional<Path> key = settings.optional(
                        prefix + KEY,
                        "Its private key, PEM, PKCS #8; or a PKCS #12 store with both, instead of a certificate file.")
                .map(Path::of);
        String password = settings.text(prefix + PASSWORD, "", "Password of a PKCS #12 store.");
        if (certificate.isPresent() ? key.isEmpty() || !password.isEmpty() : key.isPresent() == password.isEmpty()) {
            settings.problem(
                    prefix + CERTIFICATE,
                    "needs %s, PEM; a PKCS #12 store there needs %s instead"
                            .formatted(prefix + KEY, prefix + PASSWORD));
        }
        return key.map(file -> new TlsFiles(file, certificate, password));
    }

    @Override
    public String toString() {
        return "TlsFiles[key=%s, certificate=%s]".formatted(key, certificate);
    }

    /// What JSSE needs to show this certificate, as the files are now.
    ///
    /// @throws IllegalArgumentException if a file cannot be used, with a message for users
    KeyManager[] keys() throws GeneralSecurityException {
        ServerKey now = fresh().get();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible); // nothing is read
        }
        char[] none = {};
        store.setKeyEntry("own", now.key(), none, now.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, none);
        return factory.getKeyManagers();
    }

    /// Contents of the files, read again when they change.
    FreshFiles<ServerKey> fresh() {
        return certificate
                .map(file -> new FreshFiles<>(
                        List.of(file, key), contents -> ServerKey.of(contents.getFirst(), contents.getLast())))
                .orElseGet(() ->
                        new FreshFiles<>(List.of(key), contents -> ServerKey.ofStore(contents.getFirst(), password)));
    }
}
