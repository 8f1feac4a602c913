package dev.tiercel.rules;

import dev.tiercel.rules.check.Checker;
import dev.tiercel.rules.check.ExceptionFields;
import dev.tiercel.rules.correlation.CorrelationChecker;
import dev.tiercel.rules.correlation.CorrelationPlans;
import dev.tiercel.rules.correlation.Suppression;
import dev.tiercel.rules.correlation.SuppressionChecker;
import dev.tiercel.rules.output.ExtraOutput;
import dev.tiercel.rules.output.OutputChecker;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.Severity;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.yaml.Definitions;
import dev.tiercel.rules.yaml.ItemKind;
import dev.tiercel.rules.yaml.Requirements;
import dev.tiercel.rules.yaml.RuleItem;
import dev.tiercel.rules.yaml.RulesReader;
import dev.tiercel.schemas.EventType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Rules files, parsed and checked.
///
/// @param rules the rules and signals without errors, in load order
/// @param correlations the enabled ones
record CheckedFiles(
        Definitions definitions,
        Requirements requirements,
        Checker checker,
        List<CheckedRule> rules,
        CorrelationPlans correlations,
        List<Diagnostic> diagnostics) {

    /// Reads `files` in order.
    static CheckedFiles of(List<RuleFile> files, CompileOptions options) {
        Problems problems = new Problems();
        Definitions definitions = new Definitions(new ExceptionFields(options.sources()), problems);
        RulesReader reader = new RulesReader(definitions, problems, options.plugins());
        withinLimits(files, problems).forEach(file -> reader.read(file.source()));
        Checker checker =
                new Checker(definitions, options.sources(), options.staticFields(), options.feeds(), problems);
        OutputChecker outputs = new OutputChecker(checker, options.extraOutputs(), problems);
        List<CheckedRule> rules = check(definitions, checker, outputs, problems);
        CorrelationPlans correlations =
                CorrelationChecker.check(definitions, checker, outputs, running(rules, options), problems);
        checker.finish();
        return new CheckedFiles(
                definitions, reader.requirements(), checker, rules, correlations, Diagnostic.sorted(problems, files));
    }

    /// Whether an item is enabled, and was not left out.
    private static Predicate<RuleItem> running(List<CheckedRule> rules, CompileOptions options) {
        Set<RuleItem> checked = Collections.newSetFromMap(new IdentityHashMap<>());
        rules.forEach(rule -> checked.add(rule.item()));
        return item -> (item.kind == ItemKind.CORRELATION || item.refused || checked.contains(item))
                && Selections.selects(options, item);
    }

    /// The files up to the first that exceeds a limit, which is reported.
    private static List<RuleFile> withinLimits(List<RuleFile> files, Problems problems) {
        long characters = 0;
        for (int i = 0; i < files.size(); i++) {
            characters += files.get(i).content().length();
            String excess = i >= Limits.FILES
                    ? "More than " + Limits.FILES + " rules files"
                    : characters > Limits.ALL_FILE_CHARACTERS
                            ? "The rules files have more than " + Limits.ALL_FILE_CHARACTERS + " characters in all"
                            : "";
            if (!excess.isEmpty()) {
                SourcePosition start = SourcePosition.whole(files.get(i).source());
                problems.add(new ProblemException(Code.LOAD_ERR_VALIDATE, excess, start), ItemName.NONE);
                return files.subList(0, i);
            }
        }
        return files;
    }

    private static List<CheckedRule> check(
            Definitions definitions, Checker checker, OutputChecker outputs, Problems problems) {
        List<CheckedRule> rules = new ArrayList<>();
        for (RuleItem rule : definitions.rules()) {
            try {
                if (!rule.unknownSource) {
                    check(rule, checker, outputs, problems).ifPresent(rules::add);
                }
            } catch (ProblemException problem) {
                problems.add(problem, rule.item());
            }
        }
        return rules;
    }

    /// Checks output and condition, even if the other is invalid.
    private static Optional<CheckedRule> check(RuleItem rule, Checker checker, OutputChecker outputs, Problems problems)
            throws ProblemException {
        boolean alerts = rule.kind == ItemKind.RULE;
        LocatedText output = alerts ? outputs.check(rule) : rule.output;
        Suppression suppress = SuppressionChecker.check(rule, checker.references(rule.source), problems);
        Checker.Condition condition = checker.check(rule);
        if (output == null || condition == null || rule.refused) {
            return Optional.empty();
        }
        Set<EventType> types = checker.eventTypes(rule, condition);
        List<ExtraOutput> extras = alerts ? outputs.extraFields(rule) : List.of();
        return Optional.of(new CheckedRule(rule, condition, output, extras, types, suppress));
    }

    /// Whether any diagnostic is an error.
    boolean failed() {
        return diagnostics.stream().anyMatch(diagnostic -> diagnostic.severity() == Severity.ERROR);
    }
}
