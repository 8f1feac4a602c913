package dev.tiercel.rules;

import java.util.Set;
import java.util.TreeSet;

/// The fields that outputs print.
final class OutputFields {

    private OutputFields() {}

    /// Their names, sorted.
    static Set<String> names(LocatedText output, References references) {
        return new TreeSet<>(OutputParser.parse(output, references, new SlotTable(), finding -> {})
                .fieldNames());
    }
}
