package dev.tiercel.detector;

/// The result of judging a record: a detection, or a dead letter.
sealed interface Judgement permits Detection, Unreadable {}
