package dev.tiercel.detector;

/// What comes of judging a record: alerts, or the record's end as a dead letter.
sealed interface Outcome permits Detection, Unreadable {}
