package dev.tiercel.detector;

import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.EventAddress;
import dev.tiercel.schemas.avro.FoldedAlerts;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Converts a detection to the Avro record of topic `alerts`.
final class AlertRecord {
    private AlertRecord() {}

    static Alert of(Detection detection) {
        Detection.Correlated correlated = detection.correlated();
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
                .setEvents(addresses(detection.events()))
                .setEvidenceComplete(detection.evidenceComplete())
                .setRevision(detection.revision())
                .setSteps(correlated == null ? List.of() : correlated.steps())
                .setKey(correlated == null ? List.of() : correlated.key())
                .setCount(correlated == null || Double.isNaN(correlated.count()) ? null : correlated.count())
                .setCountIsFloor(correlated != null && correlated.floor())
                .setEventCount(correlated == null ? detection.events().size() : correlated.events())
                .setRepeats(correlated == null ? null : repeats(correlated.repeats()))
                .build();
    }

    private static List<EventAddress> addresses(List<EventLocation> events) {
        return events.stream()
                .map(at -> new EventAddress(at.topic(), at.partition(), at.offset(), at.index()))
                .toList();
    }

    private static @Nullable FoldedAlerts repeats(Detection.@Nullable Folded folded) {
        return folded == null
                ? null
                : new FoldedAlerts(folded.count(), folded.firstTime(), folded.lastTime(), addresses(folded.sample()));
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
