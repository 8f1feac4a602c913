package dev.tiercel.rules;

import dev.tiercel.rules.field.FieldReference;
import java.util.Set;
import java.util.TreeSet;

/// The fields that outputs print.
final class OutputFields {

    private OutputFields() {}

    /// Their names, sorted.
    static Set<String> names(Text output, References references) {
        Set<String> names = new TreeSet<>();
        OutputFormat format = OutputParser.parse(output, references, new SlotTable(), finding -> {});
        format.fields().stream().map(FieldReference::text).forEach(names::add);
        return names;
    }
}
