package dev.tiercel.rules.correlation;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.rules.check.Checker;
import dev.tiercel.rules.check.References;
import dev.tiercel.rules.output.OutputChecker;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.syntax.FieldScope;
import dev.tiercel.rules.yaml.Definitions;
import dev.tiercel.rules.yaml.RuleItem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Checks correlations and reports all their problems.
public final class CorrelationChecker {

    private final Checker checker;
    private final OutputChecker outputs;
    private final Problems problems;
    private final Predicate<RuleItem> runs;
    private final Map<String, CheckedCorrelation> checked = new LinkedHashMap<>();
    private final StepResolver resolver;

    private CorrelationChecker(
            Definitions definitions,
            Checker checker,
            OutputChecker outputs,
            Predicate<RuleItem> runs,
            Problems problems) {
        this.checker = checker;
        this.outputs = outputs;
        this.runs = runs;
        this.problems = problems;
        this.resolver = new StepResolver(definitions, checker.sources(), checked, problems);
    }

    /// Checks the correlations of `definitions`, whose rules have been checked.
    ///
    /// @param runs whether a rule, signal or correlation is enabled
    public static CorrelationPlans check(
            Definitions definitions,
            Checker checker,
            OutputChecker outputs,
            Predicate<RuleItem> runs,
            Problems problems) {
        if (definitions.correlations().isEmpty()) {
            return CorrelationPlans.of(List.of(), definitions, checker, problems);
        }
        CorrelationChecker checks = new CorrelationChecker(definitions, checker, outputs, runs, problems);
        for (RuleItem item : CorrelationChain.order(definitions.correlations(), problems)) {
            try {
                if (!item.refused) {
                    checks.check(item);
                }
            } catch (ProblemException problem) {
                problems.add(problem, item.item());
            }
        }
        List<CheckedCorrelation> running = checks.checked.values().stream()
                .filter(correlation -> runs.test(correlation.item()))
                .toList();
        return CorrelationPlans.of(running, definitions, checker, problems);
    }

    private void check(RuleItem item) throws ProblemException {
        Shape shape = ShapeReader.read(item, problems);
        List<SourceStep> steps = resolver.resolve(item);
        if (steps == null || shape == null) {
            return;
        }
        warnOfStepsThatAreOff(item, steps);
        GroupKey key = GroupKey.check(item, steps, checker);
        List<@Nullable FieldReference> values = CountedField.check(item, shape, steps, checker, problems);
        EvidenceScope scope = new EvidenceScope(steps, key, shape, values);
        List<SourceStep> evidence =
                steps.subList(0, shape.type() == CorrelationType.ABSENCE ? 1 : item.correlation.steps.size());
        FieldScope named = scope.output(evidence);
        References references = checker.references(named);
        List<Checker.@Nullable Condition> wheres = wheres(item, steps, scope);
        Checker.Condition wanted = condition(item, item.conditionWithExceptions(problems), named, scope);
        String source = Correlation.source(
                steps.subList(0, item.correlation.steps.size()).stream().map(SourceStep::source));
        OutputChecker.OfCorrelation output = outputs.check(item, source, references, scope.slots());
        Suppression suppress = SuppressionChecker.check(item, references, problems);
        if (suppress != null) {
            suppress.by().forEach(scope.slots()::slot);
        }
        checked.put(
                item.name,
                new CheckedCorrelation(
                        item, shape, scope, steps, key.fields(), values, wheres, wanted, named, output, suppress));
    }

    private void warnOfStepsThatAreOff(RuleItem item, List<SourceStep> steps) {
        for (SourceStep step : steps) {
            if (runs.test(item) && !runs.test(step.rule())) {
                problems.add(
                        Code.CORRELATION_STEP_OFF,
                        "%s '%s' is not enabled, so step '%s' never matches"
                                .formatted(step.rule().kind.text(), step.rule().name, step.id()),
                        step.item().rule().position(0),
                        item.item());
            }
        }
    }

    private List<Checker.@Nullable Condition> wheres(RuleItem item, List<SourceStep> steps, EvidenceScope scope) {
        List<Checker.@Nullable Condition> wheres = new ArrayList<>();
        for (SourceStep step : steps) {
            LocatedText where = step.item().where();
            boolean forgets = step.number() == item.correlation.steps.size();
            int first = scope.pools() ? step.number() : 0;
            FieldScope named = scope.where(step, forgets ? List.of() : steps.subList(first, step.number() + 1));
            wheres.add(where == null ? null : condition(item, where, named, scope));
        }
        return wheres;
    }

    /// The condition `text`; null: it is empty, or was rejected, which is reported.
    private Checker.@Nullable Condition condition(
            RuleItem item, LocatedText text, FieldScope named, EvidenceScope scope) {
        try {
            return text.length() == 0 ? null : checker.check(item, text, named, scope.slots());
        } catch (ProblemException problem) {
            problems.add(problem, item.item());
            return null;
        }
    }
}
