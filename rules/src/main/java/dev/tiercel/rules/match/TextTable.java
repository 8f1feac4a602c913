package dev.tiercel.rules.match;

import dev.tiercel.rules.ir.TextPredicate;
import dev.tiercel.rules.ir.ValueExpression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Many predicates of one text, evaluated together: a hash table for whole values, tries for prefixes and suffixes,
/// an automaton for substrings. The cost per value hardly depends on the number of predicates.
public final class TextTable {

    /// Below this number substrings are searched one by one.
    private static final int FEW = 3;

    private final int number;
    private final ValueExpression.Slot operand;
    private final boolean ofProcess;
    private final int firstPredicate;
    private final Map<TextPredicate, Integer> predicates = new LinkedHashMap<>();
    private final StringTable values;
    private final TextAutomaton starts;
    private final TextAutomaton ends;
    private final TextAutomaton parts;
    private final boolean hasParts;
    private final List<Alone> alone = new ArrayList<>();

    private record Alone(Predicate<String> predicate, int index) {}

    /// The numbers of a table among others.
    ///
    /// @param number of the table
    /// @param ofProcess whether its results are cached per process
    /// @param firstPredicate if so: process predicate number of its first predicate; a multiple of 64
    public record Numbering(int number, boolean ofProcess, int firstPredicate) {}

    public TextTable(ValueExpression.Slot operand, Iterable<TextPredicate> predicates, Numbering numbering) {
        this.operand = operand;
        this.number = numbering.number();
        this.ofProcess = numbering.ofProcess();
        this.firstPredicate = numbering.firstPredicate();
        predicates.forEach(predicate -> this.predicates.putIfAbsent(predicate, this.predicates.size()));
        Map<String, int[]> wholes = new LinkedHashMap<>();
        Map<String, int[]> prefixes = new LinkedHashMap<>();
        Map<String, int[]> suffixes = new LinkedHashMap<>();
        Map<String, int[]> inner = new LinkedHashMap<>();
        this.predicates.forEach((predicate, index) -> {
            switch (predicate) {
                case TextPredicate.In(var texts) -> add(wholes, texts, index);
                case TextPredicate.StartsWith(var texts)
                when TextAutomaton.canHold(texts) -> add(prefixes, texts, index);
                case TextPredicate.EndsWith(var texts) when TextAutomaton.canHold(texts) -> add(suffixes, texts, index);
                case TextPredicate.Contains(var texts) when TextAutomaton.canHold(texts) -> add(inner, texts, index);
                default -> alone.add(new Alone(TextPredicates.compile(predicate), index));
            }
        });
        hasParts = inner.size() >= FEW && TextAutomaton.canHold(inner.keySet());
        if (!hasParts) {
            inner.forEach((part, indexes) -> {
                for (int index : indexes) {
                    alone.add(new Alone(value -> value.contains(part), index));
                }
            });
        }
        values = new StringTable(wholes);
        starts = TextAutomaton.ofPrefixes(prefixes);
        ends = TextAutomaton.ofSuffixes(suffixes);
        parts = TextAutomaton.ofParts(hasParts ? inner : Map.of());
    }

    private static void add(Map<String, int[]> patterns, Set<String> texts, int predicate) {
        for (String text : texts) {
            patterns.merge(text, new int[] {predicate}, TextTable::append);
        }
    }

    private static int[] append(int[] predicates, int[] more) {
        int[] both = Arrays.copyOf(predicates, predicates.length + more.length);
        System.arraycopy(more, 0, both, predicates.length, more.length);
        return both;
    }

    /// Whether a table can evaluate `predicate`.
    public static boolean answers(TextPredicate predicate) {
        return switch (predicate) {
            case TextPredicate.In t -> true;
            case TextPredicate.Contains t -> true;
            case TextPredicate.StartsWith t -> true;
            case TextPredicate.EndsWith t -> true;
            case TextPredicate.Below t -> false;
            case TextPredicate.Order t -> false;
            case TextPredicate.ContainsFolded t -> false;
            case TextPredicate.Glob t -> false;
            case TextPredicate.Matches t -> false;
            case TextPredicate.AsNumber t -> false;
        };
    }

    public int number() {
        return number;
    }

    /// The field.
    public ValueExpression.Slot operand() {
        return operand;
    }

    /// Whether the results are the same for all events of a process.
    public boolean ofProcess() {
        return ofProcess;
    }

    /// Process predicate number of the first predicate.
    public int firstPredicate() {
        return firstPredicate;
    }

    /// Number of predicates.
    public int size() {
        return predicates.size();
    }

    /// Index of `predicate`; -1: not in this table.
    public int indexOf(TextPredicate predicate) {
        return predicates.getOrDefault(predicate, -1);
    }

    /// Reports the predicates that `value` satisfies; those of a recent text are known.
    public void match(String value, TextMatches matched) {
        if (!matched.recall(value)) {
            evaluate(value, matched);
            matched.remember(value);
        }
    }

    private void evaluate(String value, TextMatches matched) {
        values.find(value, matched);
        starts.prefixes(value, matched);
        ends.suffixes(value, matched);
        if (hasParts) {
            parts.parts(value, matched);
        }
        for (int i = 0; i < alone.size(); i++) {
            Alone one = alone.get(i);
            if (one.predicate.test(value)) {
                matched.add(one.index);
            }
        }
    }
}
