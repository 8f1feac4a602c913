package dev.tiercel.detector.correlate;

import dev.tiercel.correlation.CorrelatedAlert;
import dev.tiercel.correlation.Quarantine;
import dev.tiercel.correlation.RuleAlert;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.schemas.avro.MatchBatch;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// Makes what leaves the step of correlations: records with their keys. Thread-safe.
///
/// @param <V> values of these records
public interface Outcomes<V> {
    /// An alert, or a later revision of it.
    ///
    /// @param correlation as it is in force
    Record<String, V> alert(CorrelatedAlert alert, Correlation correlation, long timestamp);

    /// The alert of a rule with `suppress`.
    Record<String, V> ruleAlert(RuleAlert alert, long timestamp);

    /// What another correlation is to see.
    Record<String, V> matches(MatchBatch batch, long timestamp);

    /// A correlation is left out from now on.
    ///
    /// @param partition of the task
    Record<String, V> quarantined(Quarantine begun, int partition, long timestamp);

    /// A match that came too late.
    ///
    /// @param watermark of its source
    Record<String, V> late(Match match, String step, long watermark, long timestamp);

    /// A state that could not be read.
    ///
    /// @param partition of the task
    Record<String, V> corrupt(byte[] key, byte[] state, int partition, String message, long timestamp);

    /// A record that could not be used.
    ///
    /// @param reason code for counting
    Record<String, V> unreadable(Record<byte[], byte[]> record, RecordMetadata at, String reason, String message);
}
