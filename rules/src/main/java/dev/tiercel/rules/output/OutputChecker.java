package dev.tiercel.rules.output;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.check.Checker;
import dev.tiercel.rules.check.References;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.yaml.RuleItem;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks the outputs of rules and correlations and reports all their problems.
public final class OutputChecker {

    private final Checker checker;
    private final List<ExtraOutput> extras;
    private final Problems problems;
    private final Map<SourcedFormat, Boolean> formats = new HashMap<>();

    /// The format of an extra output in rules of one source.
    private record SourcedFormat(String format, String source) {}

    public OutputChecker(Checker checker, List<ExtraOutput> extras, Problems problems) {
        this.checker = checker;
        this.extras = extras;
        this.problems = problems;
    }

    /// The output of `rule` with extra outputs; null if it was rejected.
    @Nullable
    public LocatedText check(RuleItem rule) {
        List<ExtraOutput> fitting =
                extras.stream().filter(extra -> extra.fits(rule)).toList();
        List<ExtraOutput> good = rule.skipIfUnknownFilter
                ? fitting
                : fitting.stream().filter(extra -> compiles(extra, rule)).toList();
        LocatedText output = OutputText.complete(rule, good, problems);
        Set<Problem> found = new LinkedHashSet<>();
        check(output, rule, found);
        good.stream()
                .filter(extra -> !extra.field().isEmpty())
                .forEach(extra -> check(LocatedText.at(rule.position, extra.format()), rule, found));
        return checker.accept(rule, found) && good.size() == fitting.size() ? output : null;
    }

    /// Whether `extra` can be printed in rules of the source of `rule`; if not, that is reported once.
    private boolean compiles(ExtraOutput extra, RuleItem rule) {
        return formats.computeIfAbsent(new SourcedFormat(extra.format(), rule.source), absent -> {
            Set<Problem> found = new LinkedHashSet<>();
            check(LocatedText.at(rule.position, extra.format()), rule, found);
            found.stream().filter(Problem::isError).forEach(problem -> problems.add(nowhere(problem)));
            return found.stream().noneMatch(Problem::isError);
        });
    }

    private static Problem nowhere(Problem problem) {
        return new Problem(problem.code(), problem.message(), null, problem.hint(), false, ExtraOutput.SETTING);
    }

    private void check(LocatedText output, RuleItem rule, Set<Problem> found) {
        OutputFormat.parse(
                output,
                checker.references(rule.source),
                new FieldSlots.Builder(),
                problem -> found.add(problem.in(rule.item())));
    }

    /// The output of a correlation.
    ///
    /// @param format with extra outputs
    /// @param fields those of its extra outputs that are output fields
    public record OfCorrelation(OutputFormat format, List<ExtraOutput> fields) {
        public OfCorrelation {
            fields = List.copyOf(fields);
        }
    }

    /// The output of the correlation `item` with extra outputs; invalid parts are reported and left out.
    ///
    /// @param source     of its alerts
    /// @param references what it can name
    public OfCorrelation check(RuleItem item, String source, References references, FieldSlots.Builder slots) {
        List<ExtraOutput> good = extras.stream()
                .filter(extra -> extra.fitsCorrelation(item, source) && compiles(extra, item, references))
                .toList();
        LocatedText.Builder text = new LocatedText.Builder().append(item.output);
        Map<String, OutputFormat.Extra> added = new LinkedHashMap<>();
        references
                .statics()
                .forEach(
                        (name, value) -> added.put(References.STATIC + name, OutputFormat.Extra.ofStatic(name, value)));
        for (ExtraOutput extra : good) {
            if (extra.field().isEmpty()) {
                text.append(" " + extra.format(), item.position);
            } else {
                LocatedText format = LocatedText.at(item.position, extra.format());
                OutputFormat parsed = OutputFormat.parse(format, references, slots, problem -> {});
                added.put(extra.field(), new OutputFormat.Extra(extra.field(), parsed.parts(), extra.raw()));
            }
        }
        Set<Problem> found = new LinkedHashSet<>();
        OutputFormat format =
                OutputFormat.parse(text.build(), references, slots, problem -> found.add(problem.in(item.item())));
        checker.accept(item, found);
        return new OfCorrelation(
                format.with(List.copyOf(added.values())),
                good.stream().filter(extra -> !extra.field().isEmpty()).toList());
    }

    /// Whether `extra` can be printed in the correlation `item`; if not, and it is meant for it, that is reported.
    private boolean compiles(ExtraOutput extra, RuleItem item, References references) {
        Set<Problem> found = new LinkedHashSet<>();
        OutputFormat.parse(
                LocatedText.at(item.position, extra.format()), references, new FieldSlots.Builder(), found::add);
        boolean good = found.stream().noneMatch(Problem::isError);
        if (!good && extra.isForCorrelations()) {
            found.stream().filter(Problem::isError).forEach(problem -> problems.add(nowhere(problem)));
        }
        return good;
    }

    /// Extra output fields of `rule`.
    public List<ExtraOutput> extraFields(RuleItem rule) {
        return extras.stream()
                .filter(extra -> !extra.field().isEmpty() && extra.fits(rule))
                .toList();
    }
}
