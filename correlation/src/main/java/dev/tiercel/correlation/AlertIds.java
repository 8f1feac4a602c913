package dev.tiercel.correlation;

import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.types.Found;
import dev.tiercel.rules.correlation.CorrelationStep;
import dev.tiercel.schemas.RawText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Derives the ids of alerts from their evidence. Not thread-safe.
final class AlertIds {
    private static final int DIGITS = 32;

    private final MessageDigest digest = sha256();

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /// First 128 bits of SHA-256 over the correlation's hash, the key, and step and name of each event, each
    /// followed by a zero byte; 32 hexadecimal digits.
    ///
    /// @param salt other than 0: makes it another
    String id(String hash, List<String> key, List<CorrelationStep> steps, Found found, int salt) {
        add(hash);
        key.forEach(this::add);
        for (Match match : found.evidence()) {
            add(steps.get(match.step()).id());
            add(match.evidence().name());
        }
        add(Long.toString(found.last().time()));
        if (salt != 0) add(Integer.toString(salt));
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    private void add(String text) {
        digest.update(RawText.bytes(text));
        digest.update((byte) 0);
    }

    /// Another id, of the same form.
    static String another(String id) {
        return HexFormat.of().formatHex(sha256().digest(RawText.bytes(id))).substring(0, DIGITS);
    }

    /// First 64 bits of SHA-256 over a text.
    static long word(String text) {
        byte[] bytes = sha256().digest(RawText.bytes(text));
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) word = word << 8 | (bytes[i] & 0xff);
        return word;
    }
}
