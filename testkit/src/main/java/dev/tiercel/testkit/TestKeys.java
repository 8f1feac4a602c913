package dev.tiercel.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A key with its self-signed certificate for 127.0.0.1, made by keytool.
public final class TestKeys {
    /// Of the store.
    public static final String PASSWORD = "changeit";

    private final Path file;
    private final KeyStore store;
    private final Path certificate;
    private final Path key;

    /// Makes `name.crt` and `name.key` in `folder`.
    ///
    /// @param algorithm EC or RSA
    public TestKeys(Path folder, String name, String algorithm) throws Exception {
        file = folder.resolve(name + ".p12");
        Files.deleteIfExists(file);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        certificate = pem(
                folder.resolve(name + ".crt"),
                "CERTIFICATE",
                store.getCertificate("key").getEncoded());
        key = pem(
                folder.resolve(name + ".key"),
                "PRIVATE KEY",
                store.getKey("key", PASSWORD.toCharArray()).getEncoded());
    }

    private static Path pem(Path file, String type, byte[] content) throws Exception {
        String text = "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(type, Base64.getMimeEncoder().encodeToString(content), type);
        return Files.write(file, text.getBytes(US_ASCII));
    }

    /// Key and certificate, PKCS #12.
    public Path store() {
        return file;
    }

    /// The certificate, PEM.
    public Path certificate() {
        return certificate;
    }

    /// The private key, PEM.
    public Path key() {
        return key;
    }

    /// A client that trusts this certificate only.
    public SSLContext trusting() throws Exception {
        return context(null);
    }

    /// A client that trusts this certificate only and shows its own.
    public SSLContext trusting(TestKeys client) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(client.store, PASSWORD.toCharArray());
        return context(keys.getKeyManagers());
    }

    private SSLContext context(KeyManager @Nullable [] keys) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("key"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }
}
