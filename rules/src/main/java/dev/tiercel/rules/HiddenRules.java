package dev.tiercel.rules;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.ir.TextPredicate;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.match.TextPredicates;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.ItemName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Finds rules that a rule of lower priority in an earlier file hides where the first match ends the evaluation of an
/// event: both name the same file or program. Which other events they share is not known before they occur.
final class HiddenRules {

    private static final List<String> SUBJECTS =
            List.of("fd.name", "fd.directory", "fd.filename", "fs.path", "proc.name", "proc.exe", "proc.cmdline");
    private static final int MOST_NAMED = 3;
    private static final int MOST_STEPS = 2_000_000;

    private final FieldSlots slots;
    private int steps;
    /// What the later rule asks of its operands.
    private Map<ValueExpression, TextPredicate> asked = Map.of();

    private HiddenRules(FieldSlots slots) {
        this.slots = slots;
    }

    /// Whether a condition can hold for what the other rule asks.
    private enum Fit {
        NO,
        OPEN,
        /// It names the same subject.
        SAME
    }

    /// A note for each rule of `set` that is hidden, except those of the default rules.
    static List<Diagnostic> of(RuleSet set) {
        HiddenRules search = new HiddenRules(set.slots());
        Set<String> defaults = Set.copyOf(DefaultRules.names());
        List<Diagnostic> notes = new ArrayList<>();
        for (Rule rule : set.rules()) {
            List<Rule> before = defaults.contains(rule.file()) ? List.of() : search.hiding(rule, set.rules());
            if (!before.isEmpty()) {
                notes.add(note(rule, before));
            }
        }
        return notes;
    }

    private static Diagnostic note(Rule rule, List<Rule> before) {
        String names = before.stream()
                .map(other -> "'%s' (%s, %s:%d)"
                        .formatted(other.name(), other.priority().label(), other.file(), other.line()))
                .collect(Collectors.joining(", "));
        return new Diagnostic(
                Code.RULE_HIDDEN,
                "only the first match of an event raises an alert, and %s of lower priority may match before this rule (%s)"
                                .formatted(
                                        before.size() == 1 ? "a rule" : "rules",
                                        rule.priority().label())
                        + ": "
                        + names,
                rule.file(),
                rule.line(),
                rule.position().column(),
                Math.max(rule.position().offset(), 0),
                new ItemName("rule", rule.name()),
                rule.position().snippet(),
                "set detector.rule-matching to all, or add an exception to the earlier one");
    }

    /// The first rules of lower priority in other files that can match events of `rule`.
    private List<Rule> hiding(Rule rule, List<Rule> all) {
        asked = asked(rule.ir());
        return asked.isEmpty()
                ? List.of()
                : all.subList(0, rule.index()).stream()
                        .filter(other -> isBelow(other, rule) && fit(other.ir(), rule) == Fit.SAME)
                        .limit(MOST_NAMED)
                        .toList();
    }

    private static boolean isBelow(Rule other, Rule rule) {
        return !other.signal()
                && !rule.signal()
                && other.source().equals(rule.source())
                && !other.file().equals(rule.file())
                && other.priority() != rule.priority()
                && rule.priority().atLeast(other.priority());
    }

    private Map<ValueExpression, TextPredicate> asked(Ir condition) {
        Map<ValueExpression, TextPredicate> found = new HashMap<>();
        List<Ir> terms = condition instanceof Ir.And(var parts) ? parts : List.of(condition);
        for (Ir term : terms) {
            if (term instanceof Ir.TextIs(ValueExpression operand, TextPredicate predicate) && isSubject(operand)) {
                found.putIfAbsent(operand, predicate);
            }
        }
        return found;
    }

    private boolean isSubject(ValueExpression operand) {
        return operand instanceof ValueExpression.Slot field
                && SUBJECTS.stream()
                        .anyMatch(slots.reference(field.slot()).field().name()::startsWith);
    }

    private Fit fit(Ir ir, Rule rule) {
        if (++steps > MOST_STEPS) {
            return Fit.OPEN;
        }
        return switch (ir) {
            case Ir.Constant(boolean value) -> value ? Fit.OPEN : Fit.NO;
            case Ir.EventIs(var types, var other) ->
                types.stream().anyMatch(rule.eventTypes()::contains) ? Fit.OPEN : Fit.NO;
            case Ir.TextIs(ValueExpression operand, TextPredicate predicate) -> fit(operand, predicate);
            case Ir.Not(Ir term) -> fit(term, rule) == Fit.SAME ? Fit.NO : Fit.OPEN;
            case Ir.And(var terms) -> all(terms, rule);
            case Ir.Or(var terms) -> any(terms, rule);
            default -> Fit.OPEN;
        };
    }

    private Fit all(List<Ir> terms, Rule rule) {
        Fit fit = Fit.OPEN;
        for (Ir term : terms) {
            Fit one = fit(term, rule);
            if (one == Fit.NO) {
                return Fit.NO;
            }
            fit = one == Fit.SAME ? Fit.SAME : fit;
        }
        return fit;
    }

    private Fit any(List<Ir> terms, Rule rule) {
        Fit best = Fit.NO;
        for (Ir term : terms) {
            Fit one = fit(term, rule);
            best = one.compareTo(best) > 0 ? one : best;
        }
        return best;
    }

    private Fit fit(ValueExpression operand, TextPredicate predicate) {
        TextPredicate wanted = asked.get(operand);
        if (wanted == null) {
            return Fit.OPEN;
        }
        if (wanted instanceof TextPredicate.In(var values)) {
            return values.stream().anyMatch(test(predicate)) ? Fit.SAME : Fit.NO;
        }
        if (predicate instanceof TextPredicate.In(var values)) {
            return values.stream().anyMatch(test(wanted)) ? Fit.SAME : Fit.NO;
        }
        return wanted.equals(predicate) ? Fit.SAME : Fit.OPEN;
    }

    private static Predicate<String> test(TextPredicate predicate) {
        return TextPredicates.compile(predicate);
    }
}
