package dev.tiercel.detector;

import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.EventAddress;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Converts a detection to the Avro record of topic `alerts`.
final class AlertRecord {
    private AlertRecord() {}

    static Alert of(Detection detection) {
        return Alert.newBuilder()
                .setId(detection.id())
                .setRule(detection.rule().name())
                .setRuleHash(detection.rule().hash())
                .setPriority(detection.rule().priority())
                .setSource(detection.rule().source())
                .setTags(detection.rule().tags())
                .setHostname(detection.hostname())
                .setTime(detection.time())
                .setOutput(detection.text())
                .setOutputFields(detection.fields().stream()
                        .map(field -> new dev.tiercel.schemas.avro.OutputField(field.name(), value(field.value())))
                        .toList())
                .setEvents(detection.events().stream()
                        .map(at -> new EventAddress(at.topic(), at.partition(), at.offset(), at.index()))
                        .toList())
                .setEvidenceComplete(detection.evidenceComplete())
                .setRevision(detection.revision())
                .build();
    }

    /// A whole number above the range of Avro's long becomes text.
    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigInteger number ->
                number.bitLength() < Long.SIZE ? (Object) number.longValueExact() : number.toString();
            case List<?> elements -> elements.stream().map(String::valueOf).toList();
            default -> value;
        };
    }
}
