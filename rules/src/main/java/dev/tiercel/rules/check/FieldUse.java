package dev.tiercel.rules.check;

import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldFlag;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.source.SourcePosition;
import java.util.function.Consumer;

/// Where a field is used.
enum FieldUse {
    CONDITION,
    OUTPUT;

    /// Whether `field` may be used here; reports if not, and warns if it is deprecated or has no values.
    boolean check(FieldDefinition field, SourcePosition position, Consumer<Problem> problems) {
        if (this == CONDITION && field.is(FieldFlag.PRINT_ONLY)) {
            problems.accept(Problem.error("field '" + field.name() + "' can only be used in outputs", position));
            return false;
        }
        if (this == OUTPUT && field.is(FieldFlag.FILTER_ONLY)) {
            String message = "field '" + field.name() + "' is for conditions alone: in an output it prints <NA>";
            problems.accept(new Problem(Code.FIELD_NOT_PRINTED, message, position));
        }
        if (field.is(FieldFlag.OF_ENTER_EVENTS)) {
            String where = this == CONDITION ? "condition: " + deprecation(field.name()) : "rule output";
            problems.accept(new Problem(
                    Code.LOAD_DEPRECATED_ITEM,
                    "usage of deprecated field '" + field.name() + "' has been detected in the " + where,
                    position));
        }
        if (!field.supplied()) {
            problems.accept(new Problem(Code.FIELD_NOT_SUPPLIED, field.name(), position));
        }
        return true;
    }

    private static String deprecation(String field) {
        return field.equals("evt.dir")
                ? "due to the drop of enter events, 'evt.dir = <' always evaluates to true, and 'evt.dir = >' always"
                        + " evaluates to false. The rule expression can be simplified by removing the condition on"
                        + " 'evt.dir'"
                : "field is not available due to the drop of enter events.";
    }
}
