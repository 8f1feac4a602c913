package dev.tiercel.rules.correlation;

import dev.tiercel.fields.FieldSlots;
import java.util.List;

/// The fields that a correlation names, and where in its evidence each is. Immutable.
///
/// @param slots  the fields by the names they have in the correlation: `entered.ka.user.name`, the names of `group-by`
/// @param places of each slot
/// @param ofLast for [Place#LAST]: by step, the position in its captured fields; -1: its matches lack the field
public record EvidenceFields(FieldSlots slots, List<Place> places, List<List<Integer>> ofLast) {
    public EvidenceFields {
        places = List.copyOf(places);
        ofLast = ofLast.stream().map(List::copyOf).toList();
        if (places.size() != slots.size()) {
            throw new IllegalArgumentException("places=" + places.size() + ", slots=" + slots.size());
        }
    }

    /// Where the value of a slot is.
    ///
    /// @param step     number of the step; [#KEY]: the key
    /// @param position in the step's captured fields, or among the values of the key
    public record Place(int step, int position) {
        /// Stands for a step: the value is a part of the key.
        public static final int KEY = -1;

        /// Stands for a step: position 0 is what was counted (`%correlation.count`), at the time of the alert; 1 and 2
        /// are the times of the earliest and the latest match of the evidence, text in ISO 8601, number of
        /// nanoseconds.
        public static final int COUNT = -2;

        /// Stands for a step: the value is of the latest match of the evidence, whichever its step; the position is
        /// that of a list in [EvidenceFields#ofLast()].
        public static final int LAST = -3;
    }
}
