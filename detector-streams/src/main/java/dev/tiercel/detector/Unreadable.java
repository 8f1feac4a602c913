package dev.tiercel.detector;

import org.jspecify.annotations.Nullable;

/// A record that could not be judged (to its end), as it came.
///
/// @param reason  code, for counting: a [dev.tiercel.schemas.BadRecordException.Reason] or one of ours
/// @param message for people
@SuppressWarnings("ArrayRecordComponent") // carried as they came, never compared
record Unreadable(
        String topic,
        int partition,
        long offset,
        byte @Nullable [] key,
        byte @Nullable [] value,
        String reason,
        String message)
        implements Outcome {
    /// Reason: the rules in the record do not compile.
    static final String RULES_REFUSED = "RULES_REFUSED";

    /// Reason: the record made our code fail in a way that nobody expected.
    static final String UNEXPECTED = "UNEXPECTED";
}
