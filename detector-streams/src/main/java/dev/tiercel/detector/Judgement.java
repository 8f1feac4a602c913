package dev.tiercel.detector;

import dev.tiercel.schemas.avro.LateMatch;
import dev.tiercel.schemas.avro.MatchBatch;

/// The result of judging a record: an alert, also one that is only tried; what correlations are to see of it, or saw
/// too late; or a dead letter.
sealed interface Judgement permits Detection, Judgement.Shadowed, Judgement.Matched, Judgement.Missed, Unreadable {
    /// An alert of a rule or correlation that is being tried: for `alerts.shadow`.
    record Shadowed(Detection detection) implements Judgement {}

    /// Matches of one key of a correlation, or only the clock of a partition of events: for `matches`.
    record Matched(MatchBatch batch) implements Judgement {
        /// `Brute force/alice`; empty: it is for every partition.
        String key() {
            return batch.getCorrelation().isEmpty()
                    ? ""
                    : batch.getCorrelation() + "/" + String.join("/", batch.getKey());
        }
    }

    /// A match that came after the grace of its source: for `matches.late`.
    record Missed(LateMatch match) implements Judgement {}

    /// Key of its record.
    default String key(String application) {
        return switch (this) {
            case Detection alert -> alert.id();
            case Shadowed alert -> alert.detection().id();
            case Matched matched -> matched.key();
            case Missed missed -> missed.match().getCorrelation();
            case Unreadable unreadable -> application;
        };
    }
}
