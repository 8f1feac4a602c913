package dev.tiercel.rules.output;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.check.Checker;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.yaml.RuleItem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks the outputs of rules and reports all their problems.
public final class OutputChecker {

    private final Checker checker;
    private final List<ExtraOutput> extras;
    private final Problems problems;

    public OutputChecker(Checker checker, List<ExtraOutput> extras, Problems problems) {
        this.checker = checker;
        this.extras = extras;
        this.problems = problems;
    }

    /// The output of `rule` with extra outputs; null if it was rejected.
    @Nullable
    public LocatedText check(RuleItem rule) {
        LocatedText output = OutputText.complete(rule, extras, problems);
        Set<Problem> found = new LinkedHashSet<>();
        check(output, rule, found);
        extraFields(rule).forEach(extra -> check(LocatedText.at(rule.position, extra.format()), rule, found));
        return checker.accept(rule, found) ? output : null;
    }

    private void check(LocatedText output, RuleItem rule, Set<Problem> found) {
        OutputFormat.parse(
                output,
                checker.references(rule.source),
                new FieldSlots.Builder(),
                problem -> found.add(problem.in(rule.item())));
    }

    /// Extra output fields of `rule`.
    public List<ExtraOutput> extraFields(RuleItem rule) {
        return extras.stream()
                .filter(extra -> !extra.field().isEmpty() && extra.fits(rule))
                .toList();
    }
}
