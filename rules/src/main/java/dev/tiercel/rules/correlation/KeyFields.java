package dev.tiercel.rules.correlation;

import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldFlag;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.rules.check.References;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;

/// Resolves the fields whose values make a key, or are counted.
final class KeyFields {

    private KeyFields() {}

    /// The field `name`.
    ///
    /// @throws ProblemException if it is none, or has more than one value
    static FieldReference resolve(LocatedText name, References references) throws ProblemException {
        References.Resolved resolved = references.resolve(name.value(), null);
        FieldReference reference = resolved.reference();
        if (reference == null) {
            throw new ProblemException(
                    Code.LOAD_ERR_VALIDATE,
                    resolved.unknown() ? "No field '" + name.value() + "' here" : resolved.problem(),
                    name.position(0),
                    resolved.hint());
        }
        if (hasSeveral(reference)) {
            throw new ProblemException(
                    Code.LOAD_ERR_VALIDATE,
                    "Field '" + name.value()
                            + "' can have several values: it is no part of a key, and cannot be counted",
                    name.position(0));
        }
        return reference;
    }

    private static boolean hasSeveral(FieldReference reference) {
        FieldDefinition field = reference.field();
        boolean several = field.list() || field.is(FieldFlag.ANY_WITHOUT_ARGUMENT);
        return field.is(FieldFlag.EITHER_END) || (several && reference.index().isEmpty());
    }
}
