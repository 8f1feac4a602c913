package dev.tiercel.detector.correlate;

import dev.tiercel.correlation.RuleAlert;
import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.schemas.avro.AlertToFold;
import dev.tiercel.schemas.avro.MatchBatch;
import dev.tiercel.schemas.avro.MatchedEvent;
import dev.tiercel.schemas.avro.StepMatch;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/// Matches as the Avro records of topic `matches`, and back.
final class MatchRecords {
    /// Stands for a step: it is an alert.
    private static final int ALERT = -1;

    private MatchRecords() {}

    static StepMatch of(Match match) {
        return new StepMatch(
                match.step(),
                of(match.evidence()),
                ByteBuffer.wrap(FieldValue.encode(match.values())),
                match.causes().stream().map(MatchRecords::of).toList(),
                null);
    }

    static StepMatch of(RuleAlert alert) {
        return new StepMatch(
                ALERT,
                of(alert.event()),
                ByteBuffer.allocate(0),
                List.of(),
                new AlertToFold(alert.id(), alert.revision(), alert.time(), ByteBuffer.wrap(alert.payload())));
    }

    private static MatchedEvent of(Evidence event) {
        return new MatchedEvent(
                event.source(),
                event.time(),
                event.identity(),
                event.hostname(),
                event.topic(),
                event.partition(),
                event.offset(),
                event.index(),
                event.complete());
    }

    static boolean isAlert(StepMatch match) {
        return match.getAlert() != null;
    }

    /// @throws dev.tiercel.correlation.state.BadStateException if the values cannot be read
    static Match match(MatchBatch batch, StepMatch match) {
        return new Match(
                batch.getCorrelation(),
                batch.getStructure(),
                batch.getKey(),
                match.getStep(),
                evidence(match.getEvent()),
                FieldValue.decode(bytes(match.getValues())),
                match.getCauses().stream().map(MatchRecords::evidence).toList());
    }

    static RuleAlert alert(MatchBatch batch, StepMatch match) {
        AlertToFold alert = Objects.requireNonNull(match.getAlert());
        return new RuleAlert(
                batch.getCorrelation(),
                batch.getKey(),
                alert.getId(),
                alert.getRevision(),
                alert.getTime(),
                evidence(match.getEvent()),
                bytes(alert.getPayload()),
                null);
    }

    private static Evidence evidence(MatchedEvent event) {
        return new Evidence(
                event.getSource(),
                event.getTime(),
                event.getIdentity(),
                event.getHostname(),
                event.getTopic(),
                event.getPartition(),
                event.getOffset(),
                event.getIndex(),
                event.getComplete());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
