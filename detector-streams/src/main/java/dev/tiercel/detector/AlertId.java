package dev.tiercel.detector;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Derives the id of an alert from its causes, so that judging the same events again gives the same id.
final class AlertId {
    private static final int BYTES = 16;

    private AlertId() {}

    /// First 128 bits of SHA-256 over the rule's hash and the events' addresses, each followed by a line feed; 32
    /// hexadecimal digits.
    static String of(String ruleHash, List<EventLocation> events) {
        StringBuilder text = new StringBuilder(ruleHash).append('\n');
        events.forEach(event -> text.append(event).append('\n'));
        byte[] digest = sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
