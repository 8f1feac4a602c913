package dev.tiercel.rules.correlation;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldType;
import dev.tiercel.rules.check.Checker;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.yaml.RuleItem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks the field whose values a correlation counts, or wants to be new.
final class CountedField {

    private final RuleItem item;
    private final Shape shape;
    private final List<SourceStep> steps;
    private final Checker checker;

    private CountedField(RuleItem item, Shape shape, List<SourceStep> steps, Checker checker) {
        this.item = item;
        this.shape = shape;
        this.steps = steps;
        this.checker = checker;
    }

    /// By step: the field; null: none, as the type has none, the step is `until`, or it was rejected, which is
    /// reported.
    static List<@Nullable FieldReference> check(
            RuleItem item, Shape shape, List<SourceStep> steps, Checker checker, Problems problems) {
        LocatedText field = shape.field();
        @Nullable FieldReference[] values = new FieldReference[steps.size()];
        if (field != null) {
            try {
                new CountedField(item, shape, steps, checker).check(field, values);
            } catch (ProblemException problem) {
                problems.add(problem, item.item());
            }
        }
        return Arrays.asList(values);
    }

    private void check(LocatedText field, @Nullable FieldReference[] values) throws ProblemException {
        List<SourceStep> counted = steps.subList(0, item.correlation.steps.size());
        String lack = counted.size() == 1 ? "" : "so none of its matches can count";
        for (SourceStep step : counted) {
            FieldReference value =
                    KeyFields.resolve(item.correlation, field, step, checker.references(step.fields()), lack);
            checkType(field, value);
            values[step.number()] = value;
        }
        checkSameEvents(field, counted, values);
    }

    private void checkType(LocatedText field, FieldReference value) throws ProblemException {
        FieldType type = value.field().type();
        boolean number = type.carrier() == FieldType.Carrier.NUMBER && type != FieldType.BOOL;
        if (shape.type().decimal() && !number) {
            throw new ProblemException(
                    Code.LOAD_ERR_VALIDATE,
                    "'" + shape.type().text() + "' computes with numbers, and '" + value.text() + "' is not one",
                    field.position(0));
        }
    }

    /// An event counts once, whichever steps it is of: its value must not depend on the step.
    private static void checkSameEvents(LocatedText field, List<SourceStep> counted, @Nullable FieldReference[] values)
            throws ProblemException {
        List<SourceStep> before = new ArrayList<>();
        for (SourceStep step : counted) {
            for (SourceStep other : before) {
                FieldReference value = values[step.number()];
                if (value != null && haveSameEvents(step, other) && !value.equals(values[other.number()])) {
                    throw new ProblemException(
                            Code.LOAD_ERR_VALIDATE,
                            "One event can be step '%s' and step '%s', and counts once: '%s' must be the same field in both"
                                    .formatted(other.id(), step.id(), field.value()),
                            field.position(0));
                }
            }
            before.add(step);
        }
    }

    private static boolean haveSameEvents(SourceStep one, SourceStep other) {
        return one.source().isEmpty()
                ? one.rule() == other.rule()
                : one.source().equals(other.source());
    }
}
