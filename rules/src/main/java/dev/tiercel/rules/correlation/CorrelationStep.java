package dev.tiercel.rules.correlation;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.rules.ir.Ir;
import java.util.List;

/// One step of a correlation: the matches of one rule, signal or other correlation that satisfy its `where`.
///
/// @param id       names its evidence in outputs; unique in the correlation; `until` for the item that forgets the key
/// @param number   position among the steps, from 0; `until` comes after all
/// @param rule     name of the rule, signal or correlation
/// @param source   event source of the rule; empty for a correlation
/// @param captured fields that a match must carry: what outputs, conditions and the key name, each once
/// @param key      positions in `captured` of the values that make the key, in the order of `group-by`
/// @param value    position in `captured` of the field that is counted, or is new; -1: none
/// @param where    over the fields of this and earlier steps (of a type that pools, of this one alone), by the slots of
///                 [EvidenceFields]; always true if absent
public record CorrelationStep(
        String id,
        int number,
        String rule,
        String source,
        List<FieldReference> captured,
        List<Integer> key,
        int value,
        Ir where) {
    public CorrelationStep {
        captured = List.copyOf(captured);
        key = List.copyOf(key);
    }
}
