package dev.tiercel.correlation.match;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.Suppression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values of `suppress.by` in an event, or in the evidence of a correlation.
public final class SuppressKey {
    private final List<Integer> slots = new ArrayList<>();

    private SuppressKey(FieldSlots fields, List<FieldReference> by) {
        for (FieldReference field : by) {
            int slot = fields.references().indexOf(field);
            if (slot < 0) throw new IllegalArgumentException("no such field: " + field.text());
            slots.add(slot);
        }
    }

    /// Of `correlation`, over an [EvidenceRow]; null: it has no `suppress`.
    public static @Nullable SuppressKey of(Correlation correlation) {
        Suppression suppress = correlation.suppress();
        return suppress == null ? null : of(suppress, correlation.fields().slots());
    }

    /// Of a rule, over rows that are built for `slots`.
    ///
    /// @throws IllegalArgumentException if the slots lack a field of `by`
    public static SuppressKey of(Suppression suppress, FieldSlots slots) {
        return new SuppressKey(slots, suppress.by());
    }

    /// In order; an absent one is empty.
    public List<String> key(Row row) {
        List<String> key = new ArrayList<>();
        for (int slot : slots) {
            String part = FieldValue.of(row, slot).keyPart();
            key.add(part == null ? "" : part);
        }
        return key;
    }
}
