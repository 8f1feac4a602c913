package dev.tiercel.rules;

import dev.tiercel.schemas.EventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Checks all lists, macros and rules, and reports everything wrong with them.
final class Checker {

    /// More event types than this are as good as no restriction.
    private static final int MANY_EVENT_TYPES = 100;

    private final Definitions definitions;
    private final CompileOptions options;
    private final Problems problems;
    private final ListExpansion lists;
    private final List<CheckedRule> rules = new ArrayList<>();
    private final Map<String, Lowering> lowerings = new HashMap<>();
    private final Map<SourceFile, Set<String>> notSupplied = new LinkedHashMap<>();
    private MacroTable macros;

    private Checker(Definitions definitions, CompileOptions options, Problems problems) {
        this.definitions = definitions;
        this.options = options;
        this.problems = problems;
        this.lists = new ListExpansion(definitions);
        try {
            lists.expandAll();
        } catch (RuleProblem problem) {
            problems.add(problem, Diagnostic.Item.NONE);
        }
        this.macros = MacroTable.parse(definitions, lists, problems);
        macros.reportMisuse(problems);
    }

    /// Checks `definitions`; what is wrong is added to `problems`.
    static Checker check(Definitions definitions, CompileOptions options, Problems problems) {
        Checker checker = new Checker(definitions, options, problems);
        for (RuleItem rule : definitions.rules()) {
            if (!rule.unknownSource) {
                checker.check(rule);
            }
        }
        if (!problems.failed()) {
            checker.reportUnused();
        }
        checker.reportNotSupplied();
        return checker;
    }

    /// Rules without errors, in load order, skipped ones left out.
    List<CheckedRule> rules() {
        return rules;
    }

    ListExpansion lists() {
        return lists;
    }

    /// Types of events that can satisfy a macro in a rule of source syscall.
    Set<EventType> eventTypes(MacroItem macro) {
        MacroTable.Parsed parsed = macros.find(macro.name, Integer.MAX_VALUE);
        return parsed == null
                ? Set.of()
                : RuleIndex.eventTypes(lowering(CompileOptions.SYSCALL)
                        .lower(parsed.ast(), parsed.text(), macro.item())
                        .ir());
    }

    MacroTable macros() {
        return macros;
    }

    References references(String source) {
        return new References(java.util.Objects.requireNonNull(options.sources().get(source)), options.staticFields());
    }

    private void check(RuleItem rule) {
        try {
            Text output = checkOutput(rule);
            Text written = Exceptions.condition(rule, problems);
            if (!rule.hasCondition()) {
                return;
            }
            Text condition = lists.expand(written);
            Ast ast = ConditionText.parse(condition, rule.place);
            if (macros.spend(ast)) {
                throw new RuleProblem(
                        Code.LOAD_ERR_COMPILE_CONDITION,
                        "Conditions have more than " + Limits.ALL_EXPRESSION_NODES
                                + " parts in all after their macros are expanded",
                        rule.place);
            }
            Lowering.Lowered lowered = lowering(rule.source).lower(ast, condition, rule.item());
            if (!accept(rule, lowered.findings()) || output == null || rule.refused) {
                return;
            }
            Set<EventType> types = eventTypes(rule, lowered.ir());
            rules.add(new CheckedRule(rule, written, condition, ast, output, extraFields(rule), types));
        } catch (RuleProblem problem) {
            problems.add(problem, rule.item());
        }
    }

    private List<ExtraOutput> extraFields(RuleItem rule) {
        return options.extraOutputs().stream()
                .filter(extra -> !extra.field().isEmpty() && extra.fits(rule))
                .toList();
    }

    private Lowering lowering(String source) {
        return lowerings.computeIfAbsent(source, absent -> new Lowering(macros, references(source), new SlotTable()));
    }

    private Set<EventType> eventTypes(RuleItem rule, Ir condition) {
        if (!rule.source.equals(CompileOptions.SYSCALL)) {
            return Set.of();
        }
        Set<EventType> types = RuleIndex.eventTypes(condition);
        if (types.size() > MANY_EVENT_TYPES && rule.warnEventTypes) {
            problems.add(
                    Code.LOAD_NO_EVTTYPE,
                    "Rule matches too many evt.type values. This has a significant performance penalty.",
                    rule.place,
                    rule.item());
        }
        return types;
    }

    /// The output with extra outputs, or null if it was refused.
    private @Nullable Text checkOutput(RuleItem rule) {
        Text output = OutputText.complete(rule, options.extraOutputs(), problems);
        Set<Finding> findings = new LinkedHashSet<>();
        References references = references(rule.source);
        OutputParser.parse(output, references, new SlotTable(), finding -> findings.add(finding.in(rule.item())));
        for (ExtraOutput extra : extraFields(rule)) {
            Text format = Text.at(rule.place, extra.format());
            OutputParser.parse(format, references, new SlotTable(), finding -> findings.add(finding.in(rule.item())));
        }
        return accept(rule, findings) ? output : null;
    }

    /// Reports findings; whether the rule can be loaded.
    private boolean accept(RuleItem rule, Set<Finding> findings) {
        List<Finding> errors = Lowering.errors(findings);
        boolean skip =
                rule.skipIfUnknownFilter && !errors.isEmpty() && errors.stream().allMatch(Finding::unknown);
        for (Finding finding : findings) {
            if (finding.code() == Code.FIELD_NOT_SUPPLIED) {
                notSupplied
                        .computeIfAbsent(finding.place().file(), absent -> new TreeSet<>())
                        .add(finding.message());
            } else {
                Code code = skip && finding.isError() ? Code.LOAD_UNKNOWN_FILTER : finding.code();
                problems.add(code, finding.message(), finding.place(), finding.item(), finding.hint());
            }
        }
        return errors.isEmpty();
    }

    private void reportUnused() {
        for (MacroItem macro : definitions.macros()) {
            if (!macros.isUsed(macro)) {
                problems.add(
                        Code.LOAD_UNUSED_MACRO,
                        "Macro not referred to by any other rule/macro",
                        macro.place,
                        macro.item());
            }
        }
        for (ListItem list : definitions.lists()) {
            if (!lists.isUsed(list)) {
                problems.add(
                        Code.LOAD_UNUSED_LIST, "List not referred to by any other rule/macro", list.place, list.item());
            }
        }
    }

    private void reportNotSupplied() {
        notSupplied.forEach((file, names) -> problems.add(new Diagnostic(
                Code.FIELD_NOT_SUPPLIED,
                "No event carries these fields yet, they evaluate as absent: " + String.join(", ", names),
                file.name(),
                0,
                0,
                0,
                Diagnostic.Item.NONE,
                "",
                "")));
    }
}
