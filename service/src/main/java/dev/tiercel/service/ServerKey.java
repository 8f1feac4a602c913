package dev.tiercel.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A private key and its certificates.
///
/// @param chain the key's own certificate first
record ServerKey(PrivateKey key, List<X509Certificate> chain) {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    ServerKey {
        chain = List.copyOf(chain);
    }

    /// @throws IllegalArgumentException if there is none, with a message for users
    static ServerKey of(byte[] certificates, byte[] key) throws GeneralSecurityException {
        List<X509Certificate> chain = certificates(certificates);
        Matcher block = PKCS8.matcher(new String(key, ISO_8859_1));
        if (!block.find()) {
            throw new IllegalArgumentException(
                    "the key must be PKCS #8 without a password (BEGIN PRIVATE KEY); openssl pkcs8 -topk8 -nocrypt converts"
                            + " others");
        }
        String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
        byte[] encoded = Base64.getMimeDecoder().decode(block.group(1));
        return new ServerKey(
                KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded)), chain);
    }

    /// The only key of a PKCS #12 store.
    ///
    /// @throws IllegalArgumentException if it cannot be read or there is no such key, with a message for users
    static ServerKey ofStore(byte[] content, String password) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(content), password.toCharArray());
        } catch (IOException wrong) {
            throw new IllegalArgumentException("no PKCS #12 store with that password: " + wrong.getMessage(), wrong);
        }
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) keys.add(alias);
        }
        if (keys.size() != 1) throw new IllegalArgumentException("it has " + keys.size() + " keys instead of one");
        List<X509Certificate> chain = Arrays.stream(store.getCertificateChain(keys.getFirst()))
                .map(X509Certificate.class::cast)
                .toList();
        return new ServerKey((PrivateKey) store.getKey(keys.getFirst(), password.toCharArray()), chain);
    }

    /// All certificates of a PEM file.
    static List<X509Certificate> certificates(byte[] pem) throws GeneralSecurityException {
        List<X509Certificate> found =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                        .map(X509Certificate.class::cast)
                        .toList();
        if (found.isEmpty()) throw new IllegalArgumentException("no certificate (BEGIN CERTIFICATE)");
        return found;
    }
}
