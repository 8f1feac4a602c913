package dev.tiercel.correlation;

import dev.tiercel.correlation.match.FieldValue;
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
/// @param learnt  by `first_seen`, if that was asked for; else [Learnt#NOTHING]
public record LiveKey(
        List<String> key,
        long held,
        List<OfStep> steps,
        int waiting,
        int open,
        long since,
        long latest,
        long until,
        int bytes,
        Learnt learnt) {
    public LiveKey {
        key = List.copyOf(key);
        steps = List.copyOf(steps);
    }

    /// Matches of one step.
    public record OfStep(String step, int matches) {}

    /// What a key of `first_seen` has learnt.
    ///
    /// @param until   event time until which it learns and raises nothing; [Long#MIN_VALUE]: nothing was learnt
    /// @param values  that which was seen last first
    /// @param leftOut how many more there are, of which the text would be too long: those not seen for the longest
    public record Learnt(long until, List<LearntValue> values, int leftOut) {
        /// What other types have learnt.
        public static final Learnt NOTHING = new Learnt(Long.MIN_VALUE, List.of(), 0);

        public Learnt {
            values = List.copyOf(values);
        }
    }

    /// A value that is known.
    ///
    /// @param latest event time at which it was seen last, nanoseconds since the epoch
    public record LearntValue(FieldValue value, long latest) {}

    /// Roughly the characters that it takes to print.
    int weight() {
        int weight = 200;
        for (String part : key) weight += 4 + part.length();
        for (LearntValue one : learnt.values()) weight += one.value().weight();
        return weight;
    }
}
