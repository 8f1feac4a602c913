package dev.tiercel.detector;

import org.jspecify.annotations.Nullable;

/// A record that could not be processed to its end, unchanged.
///
/// @param reason  code for counting: a [dev.tiercel.schemas.BadRecordException.Reason] or a constant of this record
/// @param message human-readable detail
@SuppressWarnings("ArrayRecordComponent") // passed on unchanged, never compared
record Unreadable(
        String topic,
        int partition,
        long offset,
        byte @Nullable [] key,
        byte @Nullable [] value,
        String reason,
        String message)
        implements Judgement {
    /// Reason: the rules in the record do not compile.
    static final String RULES_REFUSED = "RULES_REFUSED";

    /// Reason: an unexpected exception while processing the record.
    static final String UNEXPECTED = "UNEXPECTED";
}
