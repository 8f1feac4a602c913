package dev.tiercel.registry;

import dev.tiercel.service.ClientTls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// TLS settings of a registry client, from files.
final class RegistryTls {

    private RegistryTls() {}

    /// Creates a context from files.
    ///
    /// @param authorities trusted certificates, PEM; empty: the JVM's defaults
    /// @param keyStore client key and certificate, PKCS #12; empty: none
    /// @param keyStorePassword of that file
    /// @throws IllegalArgumentException if a file cannot be read or is invalid
    static SSLContext context(Optional<Path> authorities, Optional<Path> keyStore, String keyStorePassword) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keyStore.isPresent() ? keys(keyStore.get(), keyStorePassword) : null,
                    authorities.isPresent() ? ClientTls.trusting(authorities.get()) : null,
                    null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "cannot set up TLS for the schema registry: authorities=" + authorities + " keyStore=" + keyStore
                            + ": " + e.getMessage(),
                    e);
        }
    }

    private static KeyManager[] keys(Path file, String password) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            factory.init(store, password.toCharArray());
            return factory.getKeyManagers();
        }
    }
}
