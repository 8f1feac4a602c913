package dev.tiercel.fields;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// The fields a rule set uses; a field's slot is its index here. Immutable.
public final class FieldSlots {

    private final List<FieldReference> references;
    private final Map<FieldReference, Integer> slots = new LinkedHashMap<>();

    private FieldSlots(List<FieldReference> references) {
        this.references = references;
        for (int slot = 0; slot < references.size(); slot++) {
            slots.putIfAbsent(references.get(slot), slot);
        }
    }

    /// Slots numbered in the order of `references`.
    public static FieldSlots of(Collection<FieldReference> references) {
        return new FieldSlots(List.copyOf(references));
    }

    /// Numbers fields in the order of first use.
    public static final class Builder {
        private final Map<FieldReference, Integer> slots = new LinkedHashMap<>();

        /// The slot of `reference`: a new one at its first use.
        public int slot(FieldReference reference) {
            return slots.computeIfAbsent(reference, absent -> slots.size());
        }

        public FieldSlots build() {
            return FieldSlots.of(slots.keySet());
        }
    }

    /// Number of slots.
    public int size() {
        return references.size();
    }

    /// All, in slot order.
    public List<FieldReference> references() {
        return references;
    }

    /// The field of `slot`.
    public FieldReference reference(int slot) {
        return references.get(slot);
    }

    /// Slot of `reference`, if used.
    OptionalInt slot(FieldReference reference) {
        Integer slot = slots.get(reference);
        return slot == null ? OptionalInt.empty() : OptionalInt.of(slot);
    }
}
