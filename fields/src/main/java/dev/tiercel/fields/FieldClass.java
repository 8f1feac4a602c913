package dev.tiercel.fields;

import java.util.List;

/// A group of related fields, carried by the same events.
///
/// @param name short, as Falco calls it: `fd`; two classes may share it
/// @param title for people: `Descriptors: files and sockets`
/// @param source the event source whose rules may name the fields; empty: every source
/// @param fields in the order of the documentation
public record FieldClass(String name, String title, String source, List<FieldDefinition> fields) {

    public FieldClass {
        fields = List.copyOf(fields);
    }

    /// Whether rules of `wanted` may name the fields.
    boolean isOf(String wanted) {
        return source.isEmpty() || source.equals(wanted);
    }
}
