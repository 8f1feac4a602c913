package dev.tiercel.fields;

import dev.tiercel.schemas.RawText;
import java.util.OptionalInt;

/// A field with its argument, as used in a rule: `proc.aname[2]`.
///
/// @param argument a [RawText]; empty: none given
public record FieldReference(FieldDefinition field, String argument) {

    /// The argument as an int; empty if it is not one.
    public OptionalInt index() {
        if (argument.isEmpty() || argument.length() > 9 || !argument.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(argument));
    }

    /// The name as written in rules and in output fields: `proc.aname[2]`, `evt.arg.flags`.
    public String text() {
        if (argument.isEmpty()) {
            return field.name();
        }
        String shown = RawText.sanitised(argument);
        boolean dotted = field.is(FieldFlag.DOT_ARGUMENT) && index().isEmpty();
        return dotted ? field.name() + "." + shown : field.name() + "[" + shown + "]";
    }

    @Override
    public String toString() {
        return text();
    }
}
