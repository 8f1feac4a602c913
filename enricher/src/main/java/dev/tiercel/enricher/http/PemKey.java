package dev.tiercel.enricher.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A private key and its certificates.
///
/// @param chain the key's own certificate first
record PemKey(PrivateKey key, List<X509Certificate> chain) {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    PemKey {
        chain = List.copyOf(chain);
    }

    /// @throws IllegalArgumentException if there is none, with a message for users
    static PemKey of(byte[] certificates, byte[] key) throws GeneralSecurityException {
        List<X509Certificate> chain = certificates(certificates);
        Matcher block = PKCS8.matcher(new String(key, ISO_8859_1));
        if (!block.find()) {
            throw new IllegalArgumentException(
                    "the key must be PKCS #8 without a password (BEGIN PRIVATE KEY); openssl pkcs8 -topk8 -nocrypt converts"
                            + " others");
        }
        String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
        byte[] encoded = Base64.getMimeDecoder().decode(block.group(1));
        return new PemKey(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded)), chain);
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
