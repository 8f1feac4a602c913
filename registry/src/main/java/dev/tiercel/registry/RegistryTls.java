package dev.tiercel.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// TLS settings of a registry client, from files.
public final class RegistryTls {

    private RegistryTls() {}

    /// A context made of files.
    ///
    /// @param authorities certificates to trust, PEM; empty: what the JVM trusts
    /// @param keyStore key and certificate to show, PKCS #12; empty: none
    /// @param keyStorePassword of that file
    /// @throws IllegalArgumentException if a file cannot be read or is not what it should be
    public static SSLContext context(Optional<Path> authorities, Optional<Path> keyStore, String keyStorePassword) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keyStore.isPresent() ? keys(keyStore.get(), keyStorePassword) : null,
                    authorities.isPresent() ? trusted(authorities.get()) : null,
                    null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "TLS of the schema registry: authorities=" + authorities + " keyStore=" + keyStore + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static TrustManager[] trusted(Path pem) throws GeneralSecurityException, IOException {
        KeyStore store = store(null, "");
        try (InputStream in = Files.newInputStream(pem)) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            if (number == 0) {
                throw new IllegalArgumentException("no certificate in " + pem);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keys(Path file, String password) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store(in, password), password.toCharArray());
            return factory.getKeyManagers();
        }
    }

    private static KeyStore store(@Nullable InputStream in, String password)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(in, password.toCharArray());
        return store;
    }
}
