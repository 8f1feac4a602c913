package dev.tiercel.rules.check;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.ir.EventSignatures;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.SourceFile;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.rules.syntax.FieldScope;
import dev.tiercel.rules.syntax.Parser;
import dev.tiercel.rules.yaml.Definitions;
import dev.tiercel.rules.yaml.ListItem;
import dev.tiercel.rules.yaml.MacroItem;
import dev.tiercel.rules.yaml.RuleItem;
import dev.tiercel.schemas.EventType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Checks all lists, macros and rule conditions, and reports all their problems.
public final class Checker {

    /// A rule that matches more event types than this is reported as unrestricted.
    private static final int MANY_EVENT_TYPES = 100;

    private final Definitions definitions;
    private final Map<String, FieldCatalog> sources;
    private final Map<String, String> staticFields;
    private final Feeds feeds;
    private final Problems problems;
    private final ListExpansion lists;
    private final RegularExpressions expressions = new RegularExpressions();
    private final Map<FieldSlots.Builder, Map<String, Lowering>> lowerings = new HashMap<>();
    /// Slots for conditions that are lowered only to be checked.
    private final FieldSlots.Builder scratch = new FieldSlots.Builder();
    private final Map<SourceFile, Set<String>> notSupplied = new LinkedHashMap<>();
    private MacroTable macros;

    /// A condition without errors.
    ///
    /// @param written with exceptions appended
    /// @param expanded with exceptions appended and lists expanded: where `ast` stands
    public record Condition(LocatedText written, LocatedText expanded, Ast ast, Ir ir) {}

    /// Checks the lists and macros of `definitions`; their problems are added to `problems`.
    ///
    /// @param sources event sources and their fields
    /// @param staticFields values of `static.NAME` by name
    /// @param feeds items of `feed:NAME` by name
    public Checker(
            Definitions definitions,
            Map<String, FieldCatalog> sources,
            Map<String, String> staticFields,
            Map<String, List<String>> feeds,
            Problems problems) {
        this.definitions = definitions;
        this.sources = sources;
        this.staticFields = staticFields;
        this.feeds = new Feeds(feeds);
        this.problems = problems;
        this.lists = new ListExpansion(definitions);
        try {
            lists.expandAll();
        } catch (ProblemException problem) {
            problems.add(problem, ItemName.NONE);
        }
        this.macros = MacroTable.parse(definitions, lists, problems);
        macros.reportMisuse(problems);
    }

    /// Event types that can satisfy a macro in a rule of source syscall.
    public Set<EventType> eventTypes(MacroItem macro) {
        MacroTable.Parsed parsed = macros.find(macro.name, Integer.MAX_VALUE);
        return parsed == null
                ? Set.of()
                : EventSignatures.possible(lowering(FieldCatalog.SYSCALL, scratch)
                        .lower(parsed.ast(), parsed.text(), macro.item())
                        .ir());
    }

    /// Whether a condition or another macro uses `macro`.
    public boolean isUsed(MacroItem macro) {
        return macros.isUsed(macro);
    }

    /// Whether a condition or another list uses `list`.
    public boolean isUsed(ListItem list) {
        return lists.isUsed(list);
    }

    /// The items of `list`, the lists among them expanded.
    public List<LocatedText> items(ListItem list) {
        return lists.items(list);
    }

    /// The tree of `macro`; null: it was rejected, or is too large for any rule to use.
    @Nullable
    public Ast tree(MacroItem macro) {
        Ast tree = macros.expansion(macro.name);
        return tree == null || !macros.excess(tree).isEmpty() ? null : tree;
    }

    /// `ast` with its macros expanded.
    public Ast expanded(Ast ast) {
        return macros.expanded(ast);
    }

    /// The condition of `rule`, which passed [#check(RuleItem)], with the fields that it uses in `slots`.
    public Ir lower(RuleItem rule, Condition condition, FieldSlots.Builder slots) {
        return lowering(rule.source, slots)
                .lower(condition.ast(), condition.expanded(), rule.item())
                .ir();
    }

    public References references(String source) {
        return references(FieldScope.of(Objects.requireNonNull(sources.get(source))));
    }

    /// The fields of `scope`, and the static ones.
    public References references(FieldScope scope) {
        return new References(scope, staticFields);
    }

    /// The names and fields of the event sources.
    public Map<String, FieldCatalog> sources() {
        return sources;
    }

    /// Checks the condition of `rule`; null: it has none, or it was rejected.
    ///
    /// @throws ProblemException if it cannot be parsed, or all conditions together are too large
    @Nullable
    public Condition check(RuleItem rule) throws ProblemException {
        LocatedText written = rule.conditionWithExceptions(problems);
        if (!rule.hasCondition()) {
            return null;
        }
        return check(rule, written, lowering(rule.source, scratch));
    }

    /// Checks a condition of the correlation `rule` over the fields of `scope`, which it adds to `slots`; null: it was
    /// rejected.
    ///
    /// @throws ProblemException if it cannot be parsed, or all conditions together are too large
    @Nullable
    public Condition check(RuleItem rule, LocatedText written, FieldScope scope, FieldSlots.Builder slots)
            throws ProblemException {
        return check(rule, written, new Lowering(macros, expressions, feeds, references(scope), slots));
    }

    /// Checks a condition that is of no rule, over the fields of `scope`, which it adds to `slots`; null: it was
    /// rejected, and the problems say why.
    ///
    /// @param item what it belongs to
    /// @throws ProblemException if it cannot be parsed
    public @Nullable Ir check(LocatedText written, ItemName item, FieldScope scope, FieldSlots.Builder slots)
            throws ProblemException {
        Ast ast = Parser.condition(written, written.position(0));
        Lowering.Lowered lowered =
                new Lowering(macros, expressions, feeds, references(scope), slots).lower(ast, written, item);
        lowered.problems().forEach(problems::add);
        return Lowering.errors(lowered.problems()).isEmpty() ? lowered.ir() : null;
    }

    private @Nullable Condition check(RuleItem rule, LocatedText written, Lowering lowering) throws ProblemException {
        LocatedText expanded = lists.expand(written);
        Ast ast = Parser.condition(expanded, rule.position);
        if (macros.spend(ast)) {
            throw new ProblemException(
                    Code.LOAD_ERR_COMPILE_CONDITION,
                    "Conditions have more than " + Limits.ALL_EXPRESSION_NODES
                            + " parts in all after their macros are expanded",
                    rule.position);
        }
        Lowering.Lowered lowered = lowering.lower(ast, expanded, rule.item());
        return accept(rule, lowered.problems()) ? new Condition(written, expanded, ast, lowered.ir()) : null;
    }

    private Lowering lowering(String source, FieldSlots.Builder slots) {
        return lowerings
                .computeIfAbsent(slots, absent -> new HashMap<>())
                .computeIfAbsent(source, absent -> new Lowering(macros, expressions, feeds, references(source), slots));
    }

    /// Event types that can satisfy the condition of `rule`; empty if its source is not syscall. Too many are
    /// reported.
    public Set<EventType> eventTypes(RuleItem rule, Condition condition) {
        if (!rule.source.equals(FieldCatalog.SYSCALL)) {
            return Set.of();
        }
        Set<EventType> types = EventSignatures.possible(condition.ir());
        if (rule.warnEventTypes && types.size() > MANY_EVENT_TYPES && isUnrestricted(condition.ir())) {
            problems.add(
                    Code.LOAD_NO_EVTTYPE,
                    "Rule matches too many evt.type values. This has a significant performance penalty.",
                    rule.position,
                    rule.item());
        }
        return types;
    }

    /// Whether `condition` holds for many event types even though no event has the number 0.
    private boolean isUnrestricted(Ir condition) {
        FieldReference number =
                new FieldReference(FieldCatalog.syscall().find("evt.num").orElseThrow(), "");
        Ir decided = new EventNumbers(scratch.slot(number)).decide(condition);
        return EventSignatures.possible(decided).size() > MANY_EVENT_TYPES;
    }

    /// Reports the problems found in `rule`; returns whether it can be loaded.
    public boolean accept(RuleItem rule, Set<Problem> found) {
        List<Problem> errors = Lowering.errors(found);
        boolean skip =
                rule.skipIfUnknownFilter && !errors.isEmpty() && errors.stream().allMatch(Problem::unknown);
        for (Problem problem : found) {
            if (problem.code() == Code.FIELD_NOT_SUPPLIED) {
                notSupplied
                        .computeIfAbsent(
                                Objects.requireNonNull(problem.position()).file(), absent -> new TreeSet<>())
                        .add(problem.message());
            } else {
                problems.add(skip && problem.isError() ? problem.as(Code.LOAD_UNKNOWN_FILTER) : problem);
            }
        }
        return errors.isEmpty();
    }

    /// Reports unused macros and lists, and fields that no event carries, after all rules have been checked.
    public void finish() {
        if (!problems.failed()) {
            reportUnused();
        }
        reportNotSupplied();
    }

    private void reportUnused() {
        for (MacroItem macro : definitions.macros()) {
            if (!macros.isUsed(macro)) {
                problems.add(
                        Code.LOAD_UNUSED_MACRO,
                        "Macro not referred to by any other rule/macro",
                        macro.position,
                        macro.item());
            }
        }
        for (ListItem list : definitions.lists()) {
            if (!lists.isUsed(list)) {
                problems.add(
                        Code.LOAD_UNUSED_LIST,
                        "List not referred to by any other rule/macro",
                        list.position,
                        list.item());
            }
        }
    }

    private void reportNotSupplied() {
        notSupplied.forEach((file, names) -> problems.add(new Problem(
                Code.FIELD_NOT_SUPPLIED,
                "No event carries these fields yet, they evaluate as absent: " + String.join(", ", names),
                SourcePosition.whole(file))));
    }
}
