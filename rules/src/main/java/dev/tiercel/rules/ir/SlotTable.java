package dev.tiercel.rules.ir;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import java.util.LinkedHashMap;
import java.util.Map;

/// Gives each field that rules use a slot, in the order of first use.
public final class SlotTable {

    private final Map<FieldReference, Integer> slots = new LinkedHashMap<>();

    public int slot(FieldReference reference) {
        return slots.computeIfAbsent(reference, absent -> slots.size());
    }

    public FieldSlots build() {
        return FieldSlots.of(slots.keySet());
    }
}
