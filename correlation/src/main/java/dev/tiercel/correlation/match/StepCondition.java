package dev.tiercel.correlation.match;

import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationStep;
import dev.tiercel.rules.correlation.EvidenceFields.Place;
import dev.tiercel.rules.engine.RowCondition;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.ir.ValueExpression;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A condition over the evidence of a correlation: the `where` of a step, or what exceptions leave. Not thread-safe.
public final class StepCondition {
    private final RowCondition condition;
    private final EvidenceRow row;
    private final Set<Integer> steps;

    private StepCondition(Correlation correlation, Ir condition) {
        this.condition = RowCondition.of(condition, correlation.fields().slots());
        row = new EvidenceRow(correlation);
        steps = steps(condition, correlation);
    }

    /// The condition; null: it always holds.
    public static @Nullable StepCondition of(Correlation correlation, Ir condition) {
        return condition.equals(Ir.Constant.TRUE) ? null : new StepCondition(correlation, condition);
    }

    /// What the `where` of `step` asks of one match; null: nothing.
    static @Nullable StepCondition ofOne(Correlation correlation, CorrelationStep step) {
        return part(correlation, step, true);
    }

    /// What the `where` of `step` asks of several; null: nothing.
    public static @Nullable StepCondition ofSeveral(Correlation correlation, CorrelationStep step) {
        return part(correlation, step, false);
    }

    private static @Nullable StepCondition part(Correlation correlation, CorrelationStep step, boolean ofOne) {
        List<Ir> terms = step.where() instanceof Ir.And and ? and.terms() : List.of(step.where());
        return of(
                correlation,
                Ir.and(terms.stream()
                        .filter(term -> isAbout(step, term, correlation) == ofOne)
                        .toList()));
    }

    private static boolean isAbout(CorrelationStep step, Ir condition, Correlation correlation) {
        return Set.of(step.number()).containsAll(steps(condition, correlation));
    }

    private static Set<Integer> steps(Ir condition, Correlation correlation) {
        Set<Integer> steps = new TreeSet<>();
        addSteps(condition, correlation, steps);
        return steps;
    }

    private static void addSteps(Ir condition, Correlation correlation, Set<Integer> steps) {
        condition.operands().forEach(operand -> addSteps(operand, correlation, steps));
        condition.children().forEach(child -> addSteps(child, correlation, steps));
    }

    private static void addSteps(ValueExpression operand, Correlation correlation, Set<Integer> steps) {
        if (operand instanceof ValueExpression.Slot slot) {
            Place place = correlation.fields().places().get(slot.slot());
            if (place.step() >= 0) steps.add(place.step());
        }
        operand.inputs().forEach(input -> addSteps(input, correlation, steps));
    }

    /// Numbers of the steps whose values it reads.
    public Set<Integer> steps() {
        return steps;
    }

    /// Whether `match` alone satisfies it.
    public boolean holds(Match match) {
        row.only(match);
        return condition.holds(row);
    }

    /// Whether the matches, by step, satisfy it; null: none for that step yet.
    public boolean holds(@Nullable Match[] byStep) {
        row.all(byStep, null);
        return condition.holds(row);
    }
}
