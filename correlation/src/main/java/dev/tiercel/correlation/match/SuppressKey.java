package dev.tiercel.correlation.match;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.Suppression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values of `suppress.by` in the evidence of a correlation.
public final class SuppressKey {
    private final List<Integer> slots = new ArrayList<>();

    private SuppressKey(FieldSlots fields, List<FieldReference> by) {
        for (FieldReference field : by) {
            int slot = fields.references().indexOf(field);
            if (slot < 0) throw new IllegalArgumentException("no such evidence: " + field.text());
            slots.add(slot);
        }
    }

    /// Of `correlation`; null: it has no `suppress`.
    public static @Nullable SuppressKey of(Correlation correlation) {
        Suppression suppress = correlation.suppress();
        return suppress == null ? null : new SuppressKey(correlation.fields().slots(), suppress.by());
    }

    /// In order; an absent one is empty.
    public List<String> key(EvidenceRow row) {
        List<String> key = new ArrayList<>();
        for (int slot : slots) {
            String part = row.value(slot).keyPart();
            key.add(part == null ? "" : part);
        }
        return key;
    }
}
