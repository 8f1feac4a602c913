package dev.tiercel.detector;

import dev.tiercel.correlation.CorrelatedAlert;
import dev.tiercel.correlation.Quarantine;
import dev.tiercel.correlation.RuleAlert;
import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.detector.correlate.Correlate;
import dev.tiercel.detector.correlate.Outcomes;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.LateEvent;
import dev.tiercel.schemas.avro.LateMatch;
import dev.tiercel.schemas.avro.MatchBatch;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// What leaves the step of correlations, as judgements like those of events.
record CorrelationOutcomes(CorrelatedRules rules, AvroSerde<Alert> alerts, DetectorMetrics metrics, String application)
        implements Outcomes<Judgement> {
    @Override
    public Record<String, Judgement> alert(CorrelatedAlert alert, Correlation correlation, long timestamp) {
        Detection detection = CorrelatedDetection.of(alert, correlation);
        return record(correlation.shadow() ? new Judgement.Shadowed(detection) : detection, timestamp);
    }

    @Override
    public Record<String, Judgement> ruleAlert(RuleAlert alert, long timestamp) {
        Detection detection = CorrelatedDetection.of(alert, alerts.read(alert.payload()));
        return record(rules.isShadow(alert.rule()) ? new Judgement.Shadowed(detection) : detection, timestamp);
    }

    @Override
    public Record<String, Judgement> matches(MatchBatch batch, long timestamp) {
        return record(new Judgement.Matched(batch), timestamp);
    }

    @Override
    public Record<String, Judgement> quarantined(Quarantine begun, int partition, long timestamp) {
        return record(CorrelatedDetection.of(begun, application, partition), timestamp);
    }

    @Override
    public Record<String, Judgement> late(Match match, String step, long watermark, long timestamp) {
        Evidence event = match.evidence();
        LateEvent at = new LateEvent(
                event.source(),
                event.hostname(),
                event.time(),
                event.topic(),
                event.partition(),
                event.offset(),
                event.index());
        return record(
                new Judgement.Missed(new LateMatch(match.correlation(), step, match.key(), at, watermark)), timestamp);
    }

    @Override
    public Record<String, Judgement> unreadable(
            Record<byte[], byte[]> record, RecordMetadata at, String reason, String message) {
        return unreadable(
                new Unreadable(at.topic(), at.partition(), at.offset(), record.key(), record.value(), reason, message),
                record.timestamp());
    }

    @Override
    public Record<String, Judgement> corrupt(byte[] key, byte[] state, int partition, String message, long timestamp) {
        String changelog = application + "-" + Correlate.STORE + "-changelog";
        String reason = BadRecordException.Reason.CORRUPT.name();
        return unreadable(new Unreadable(changelog, partition, -1, key, state, reason, message), timestamp);
    }

    private Record<String, Judgement> unreadable(Unreadable unreadable, long timestamp) {
        metrics.unreadable(unreadable);
        return record(unreadable, timestamp);
    }

    private Record<String, Judgement> record(Judgement judgement, long timestamp) {
        return new Record<>(judgement.key(application), judgement, Math.max(0, timestamp));
    }
}
