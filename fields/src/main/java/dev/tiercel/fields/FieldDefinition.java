package dev.tiercel.fields;

import java.util.Set;

/// One field of the catalogue.
///
/// @param list whether the value is a list of `type`
/// @param supplied whether events can carry it yet; one that is not supplied loads, and evaluates as absent
public record FieldDefinition(
        String name,
        FieldType type,
        boolean list,
        FieldArgument argument,
        String description,
        Scope scope,
        boolean supplied,
        Set<FieldFlag> flags) {

    public FieldDefinition {
        flags = Set.copyOf(flags);
    }

    /// Whether `flag` applies.
    public boolean is(FieldFlag flag) {
        return flags.contains(flag);
    }
}
