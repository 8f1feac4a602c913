package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.source.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The definitions of all files, after overrides, in the order of first definition.
public final class Definitions {

    static final String APPENDED_NO_LIST =
            "List uses 'append' or 'override.items: append' but no list by that name already exists";
    static final String APPENDED_NO_MACRO =
            "Macro uses 'append' or 'override.condition: append' but no macro by that name already exists";

    private final Map<String, ListItem> lists = new LinkedHashMap<>();
    private final Map<String, MacroItem> macros = new LinkedHashMap<>();
    private final Map<String, RuleItem> rules = new LinkedHashMap<>();
    private final Set<ItemName> broken = new HashSet<>();
    private final Exceptions exceptions;
    private final Problems problems;
    private int nextIndex;
    private long appended;

    /// @param fields the fields of exceptions
    public Definitions(FieldNames fields, Problems problems) {
        this.exceptions = new Exceptions(fields);
        this.problems = problems;
    }

    public Collection<ListItem> lists() {
        return lists.values();
    }

    public Collection<MacroItem> macros() {
        return macros.values();
    }

    /// Rules and signals.
    public Collection<RuleItem> rules() {
        return rules.values().stream()
                .filter(rule -> rule.kind != ItemKind.CORRELATION)
                .toList();
    }

    public Collection<RuleItem> correlations() {
        return rules.values().stream()
                .filter(rule -> rule.kind == ItemKind.CORRELATION)
                .toList();
    }

    /// The rule, signal or correlation called `name`; null: none.
    @Nullable
    public RuleItem rule(String name) {
        return rules.get(name);
    }

    /// Names of rules, signals and correlations.
    public Collection<String> ruleNames() {
        return Collections.unmodifiableSet(rules.keySet());
    }

    @Nullable
    public ListItem list(String name) {
        return lists.get(name);
    }

    @Nullable
    MacroItem macro(String name) {
        return macros.get(name);
    }

    /// Records that an item was rejected, so that uses and overrides of it are not reported as well.
    public void broken(ItemName item) {
        broken.add(item);
    }

    public boolean isBroken(ItemName item) {
        return broken.contains(item);
    }

    /// Whether the rule, signal or correlation called `name` was rejected.
    public boolean isBroken(String name) {
        return Stream.of(ItemKind.values()).anyMatch(kind -> isBroken(new ItemName(kind.text(), name)));
    }

    void define(ListItem list) {
        ListItem previous = lists.get(list.name);
        list.visibility = nextIndex++;
        list.index = previous == null ? list.visibility : previous.index;
        lists.put(list.name, list);
    }

    void append(ListItem list) throws ProblemException {
        ListItem previous = lists.get(list.name);
        if (previous == null && isBroken(list.item())) {
            return;
        }
        if (previous == null) {
            throw invalid(APPENDED_NO_LIST, list.position);
        }
        previous.items.addAll(list.items);
        previous.visibility = nextIndex++;
    }

    void define(MacroItem macro) {
        MacroItem previous = macros.get(macro.name);
        macro.visibility = nextIndex++;
        macro.index = previous == null ? macro.visibility : previous.index;
        macros.put(macro.name, macro);
    }

    void append(MacroItem macro) throws ProblemException {
        MacroItem previous = macros.get(macro.name);
        if (previous == null && isBroken(macro.item())) {
            return;
        }
        if (previous == null) {
            throw invalid(APPENDED_NO_MACRO, macro.position);
        }
        previous.condition = joined(previous.condition, macro.condition);
        previous.visibility = nextIndex++;
    }

    void define(RuleItem rule) throws ProblemException {
        RuleItem previous = rules.get(rule.name);
        checkKind(previous, rule.kind, rule.position);
        if (previous != null && !rule.unknownSource && !previous.source.equals(rule.source)) {
            throw invalid("Rule has been re-defined with a different source", rule.position);
        }
        if (rule.kind != ItemKind.CORRELATION && !exceptions.knows(rule.source)) {
            rule.unknownSource = true;
            problems.add(
                    Code.LOAD_UNKNOWN_SOURCE,
                    "Unknown source " + rule.source + ", skipping",
                    rule.position,
                    rule.item());
        }
        rule.exceptions = accepted(rule, rule.exceptions, exceptions::checkDefinition);
        nextIndex++;
        rules.put(rule.name, rule);
    }

    /// Rules, signals and correlations share their names.
    private static void checkKind(@Nullable RuleItem known, ItemKind kind, SourcePosition position)
            throws ProblemException {
        if (known != null && known.kind != kind) {
            throw invalid(
                    "'" + known.name + "' is the name of a " + known.kind.text()
                            + " already: rules, signals and correlations share their names",
                    position);
        }
    }

    /// A step applied to an exception of a rule.
    private interface ExceptionStep {
        void on(RuleItem rule, ExceptionItem exception) throws ProblemException;
    }

    /// The `candidates` that `step` accepts; the others are reported.
    private List<ExceptionItem> accepted(RuleItem rule, List<ExceptionItem> candidates, ExceptionStep step) {
        List<ExceptionItem> accepted = new ArrayList<>();
        for (ExceptionItem exception : candidates) {
            try {
                step.on(rule, exception);
                accepted.add(exception);
            } catch (ProblemException problem) {
                rule.refused = true;
                problems.add(problem, rule.item());
            }
        }
        return accepted;
    }

    void append(RuleUpdate update) throws ProblemException {
        RuleItem rule = existing(
                update,
                "%s uses 'append' or 'override.<key>: append' but no %s by that name already exists"
                        .formatted(update.kind.title(), update.kind.text()));
        if (rule == null) {
            return;
        }
        rule.changes.add(update.position);
        rule.refused |= update.refused;
        if (update.condition != null && rule.hasCondition()) {
            rule.condition = joined(rule.condition, update.condition);
        }
        rule.output = update.output == null ? rule.output : joined(rule.output, update.output);
        rule.description = update.description == null ? rule.description : rule.description + " " + update.description;
        if (update.tags != null) {
            rule.tags.addAll(update.tags);
        }
        if (update.exceptions != null) {
            accepted(rule, update.exceptions, exceptions::append);
        }
        nextIndex++;
    }

    void replace(RuleUpdate update) throws ProblemException {
        RuleItem rule = existing(
                update,
                "An 'override.<key>: replace' to a %s was requested but no %s by that name already exists"
                        .formatted(update.kind.text(), update.kind.text()));
        if (rule == null) {
            return;
        }
        if (update.exceptions != null) {
            rule.exceptions = accepted(rule, update.exceptions, exceptions::checkDefinition);
        }
        rule.changes.add(update.position);
        rule.refused |= update.refused;
        rule.condition = or(update.condition, rule.condition);
        rule.output = or(update.output, rule.output);
        rule.description = or(update.description, rule.description);
        rule.priority = or(update.priority, rule.priority);
        rule.tags = or(update.tags, rule.tags);
        rule.enabled = or(update.enabled, rule.enabled);
        rule.suppress = update.suppress == null ? rule.suppress : update.suppress;
        rule.shadow = or(update.shadow, rule.shadow);
        update.correlation.forEach(change -> change.accept(rule.correlation));
        rule.warnEventTypes = or(update.warnEventTypes, rule.warnEventTypes);
        rule.skipIfUnknownFilter = or(update.skipIfUnknownFilter, rule.skipIfUnknownFilter);
        rule.capture = new Capture(
                or(update.capture, rule.capture.enabled()),
                or(update.captureMillis, rule.capture.millis()),
                or(update.captureEvents, rule.capture.events()),
                or(update.captureFileSize, rule.capture.fileSize()));
        nextIndex++;
    }

    void enable(String name, boolean enabled, SourcePosition position) throws ProblemException {
        RuleItem rule = rules.get(name);
        if (rule == null && isBroken(new ItemName("rule", name))) {
            return;
        }
        if (rule == null) {
            throw new ProblemException(
                    Code.LOAD_ERR_VALIDATE,
                    "Rule has 'enabled' key but no rule by that name already exists",
                    position,
                    Suggestion.of(name, rules.keySet()));
        }
        rule.changes.add(position);
        rule.enabled = enabled;
    }

    /// The rule that `update` changes; null: it was rejected.
    private @Nullable RuleItem existing(RuleUpdate update, String message) throws ProblemException {
        RuleItem rule = rules.get(update.name);
        checkKind(rule, update.kind, update.position);
        if (rule == null && isBroken(new ItemName(update.kind.text(), update.name))) {
            return null;
        }
        if (rule == null) {
            throw new ProblemException(
                    Code.LOAD_ERR_VALIDATE, message, update.position, Suggestion.of(update.name, rules.keySet()));
        }
        if (update.source != null && !update.source.equals(rule.source)) {
            throw invalid("Rule has been re-defined with a different source", update.position);
        }
        return rule;
    }

    private LocatedText joined(LocatedText first, LocatedText second) throws ProblemException {
        appended += first.length() + second.length();
        if (appended > Limits.APPENDED_CHARACTERS) {
            throw invalid(
                    "Too much is appended: more than " + Limits.APPENDED_CHARACTERS
                            + " characters are copied, counting what is appended to each time",
                    second.position(0));
        }
        return new LocatedText.Builder()
                .append(first)
                .append(" ", second.position(0))
                .append(second)
                .build();
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private static ProblemException invalid(String message, SourcePosition position) {
        return new ProblemException(Code.LOAD_ERR_VALIDATE, message, position);
    }

    /// Names of all macros, for suggestions.
    public List<String> macroNames() {
        return List.copyOf(macros.keySet());
    }
}
