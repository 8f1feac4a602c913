package dev.tiercel.rules.correlation;

import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldFlag;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.rules.check.References;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.yaml.CorrelationItem;

/// Resolves the fields whose values make a key, or are counted.
final class KeyFields {

    private KeyFields() {}

    /// What `name` stands for in `step`: a field that `aliases` gives to the step or to its event source, otherwise the
    /// one of this name.
    ///
    /// @param lack what is wrong if the step has none: `so it can share no key with the other steps`; empty: there
    ///             are no others
    /// @throws ProblemException if it is none, or has more than one value
    static FieldReference resolve(
            CorrelationItem parts, LocatedText name, SourceStep step, References references, String lack)
            throws ProblemException {
        CorrelationItem.Alias alias = parts.aliases.get(name.value());
        if (alias != null) {
            CorrelationItem.Field field =
                    alias.fields().getOrDefault(step.id(), alias.fields().get(step.source()));
            if (field != null) {
                return resolve(field.field(), references);
            }
        }
        if (references.resolve(name.value(), null).unknown() && !lack.isEmpty()) {
            throw new ProblemException(
                    Code.LOAD_ERR_VALIDATE,
                    "%s has no field '%s', %s".formatted(capitalised(step.title()), name.value(), lack),
                    name.position(0),
                    "name its field under 'aliases: {" + name.value() + ": {"
                            + (step.source().isEmpty() ? step.id() : step.source()) + ": FIELD}}'");
        }
        return resolve(name, references);
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

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
