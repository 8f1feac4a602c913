package dev.tiercel.rules;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.check.References;
import dev.tiercel.rules.output.OutputFormat;
import dev.tiercel.rules.source.LocatedText;
import java.util.Set;
import java.util.TreeSet;

/// The fields that outputs print.
final class OutputFields {

    private OutputFields() {}

    /// Their names, sorted.
    static Set<String> names(LocatedText output, References references) {
        return new TreeSet<>(OutputFormat.parse(output, references, new FieldSlots.Builder(), problem -> {})
                .fieldNames());
    }
}
