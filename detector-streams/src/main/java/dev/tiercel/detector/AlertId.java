package dev.tiercel.detector;

import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.service.Sha256;
import java.nio.charset.StandardCharsets;
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
        return digest(text);
    }

    /// The same over the rule's hash and what names an event wherever it is: source, origin, time and its source's id.
    static String of(String ruleHash, SourceEvent event) {
        StringBuilder text = new StringBuilder(ruleHash).append('\n');
        text.append(event.getSource()).append('\n');
        text.append(event.getOrigin()).append('\n');
        text.append(event.getTime()).append('\n');
        text.append(event.getId()).append('\n');
        return digest(text);
    }

    private static String digest(StringBuilder text) {
        byte[] digest = Sha256.digest().digest(text.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
    }
}
