package dev.tiercel.enricher.github;

import dev.tiercel.enricher.http.Secrets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Value of the header `X-Hub-Signature-256`: HMAC of the body as it was sent. Thread-safe.
final class Signature {
    private static final String PREFIX = "sha256=";
    private static final String ALGORITHM = "HmacSHA256";

    private final Secrets secrets;

    Signature(Secrets secrets) {
        this.secrets = secrets;
    }

    /// Whether one of the secrets signed `body`; compared in constant time.
    boolean of(byte[] body, String header) {
        byte[] given = bytes(header);
        boolean found = false;
        for (byte[] secret : secrets.all()) {
            found |= MessageDigest.isEqual(hmac(secret, body), given);
        }
        return found;
    }

    private static byte[] bytes(String header) {
        try {
            return header.startsWith(PREFIX)
                    ? HexFormat.of().parseHex(header, PREFIX.length(), header.length())
                    : new byte[0];
        } catch (IllegalArgumentException noHex) {
            return new byte[0];
        }
    }

    private static byte[] hmac(byte[] secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has it
        }
    }
}
