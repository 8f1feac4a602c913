package dev.tiercel.correlation;

import java.util.List;

/// How one key of a correlation stands.
///
/// @param key     its parts, in the order of `group-by`
/// @param held    matches, or different values, that still count
/// @param steps   of these, matches by step; steps without any included
/// @param waiting matches that wait until nothing can come before them
/// @param open    alerts that can still be revised
/// @param since   event time of the earliest that counts, nanoseconds since the epoch; [Long#MIN_VALUE]: nothing does
/// @param latest  of the latest
/// @param until   event time at which it is decided, or forgotten if nothing more comes; [Long#MIN_VALUE]: as `since`
/// @param bytes   of its state in the store
public record LiveKey(
        List<String> key,
        long held,
        List<OfStep> steps,
        int waiting,
        int open,
        long since,
        long latest,
        long until,
        int bytes) {
    public LiveKey {
        key = List.copyOf(key);
        steps = List.copyOf(steps);
    }

    /// Matches of one step.
    public record OfStep(String step, int matches) {}
}
