package dev.tiercel.rules.syntax;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldFlag;
import dev.tiercel.rules.source.Suggestion;
import java.util.Map;
import java.util.Optional;

/// Looks up fields by their name in rules, which may carry an argument after a dot or in brackets.
public final class FieldLookup {

    private FieldLookup() {}

    /// A field and the rest of the name: `evt.arg.flags` is `evt.arg` and `flags`.
    ///
    /// @param argument empty: none
    public record Found(FieldDefinition field, String argument) {}

    /// Finds the field of `name`, which may carry an argument.
    public static Optional<Found> find(FieldCatalog catalog, String name) {
        return find(FieldScope.of(catalog), name);
    }

    /// Finds the field of `name`, which may carry an argument.
    public static Optional<Found> find(FieldScope scope, String name) {
        int bracket = name.indexOf('[');
        if (bracket > 0 && name.endsWith("]")) {
            String argument = name.substring(bracket + 1, name.length() - 1);
            return scope.find(name.substring(0, bracket)).map(field -> new Found(field, argument));
        }
        Optional<FieldDefinition> exact = scope.find(name);
        if (exact.isPresent()) {
            return exact.map(field -> new Found(field, ""));
        }
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            Optional<FieldDefinition> field = scope.find(name.substring(0, dot));
            if (field.isPresent() && field.get().is(FieldFlag.DOT_ARGUMENT)) {
                return Optional.of(new Found(field.get(), name.substring(dot + 1)));
            }
        }
        return Optional.empty();
    }

    /// A hint for a name that is not in `catalog`: which source has it, or `did you mean …?`, or empty.
    public static String suggestion(FieldCatalog catalog, String name) {
        for (Map.Entry<String, FieldCatalog> other : FieldCatalog.bySource().entrySet()) {
            if (find(other.getValue(), name).isPresent()) {
                return "it is a field of source '" + other.getKey() + "'";
            }
        }
        return Suggestion.of(
                name, catalog.all().stream().map(FieldDefinition::name).toList());
    }
}
