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

/// Many tests of one text, answered together: a hash table for whole values, tries for starts and ends, an
/// automaton for parts. What a value costs hardly depends on how many tests there are.
public final class TextTable {

    /// Fewer parts than this are looked for one by one.
    private static final int FEW = 3;

    private final int number;
    private final ValueExpression.Slot source;
    private final boolean ofProcess;
    private final int firstPredicate;
    private final Map<TextPredicate, Integer> tests = new LinkedHashMap<>();
    private final StringTable values;
    private final TextAutomaton starts;
    private final TextAutomaton ends;
    private final TextAutomaton parts;
    private final boolean hasParts;
    private final List<Alone> alone = new ArrayList<>();

    private record Alone(Predicate<String> predicate, int test) {}

    /// Where a table stands among others.
    ///
    /// @param number of the table
    /// @param ofProcess whether its results are kept for a process
    /// @param firstPredicate if so: process predicate number of its first test; a multiple of 64
    public record Numbering(int number, boolean ofProcess, int firstPredicate) {}

    public TextTable(ValueExpression.Slot source, Iterable<TextPredicate> tests, Numbering place) {
        this.source = source;
        this.number = place.number();
        this.ofProcess = place.ofProcess();
        this.firstPredicate = place.firstPredicate();
        tests.forEach(test -> this.tests.putIfAbsent(test, this.tests.size()));
        Map<String, int[]> wholes = new LinkedHashMap<>();
        Map<String, int[]> prefixes = new LinkedHashMap<>();
        Map<String, int[]> suffixes = new LinkedHashMap<>();
        Map<String, int[]> inner = new LinkedHashMap<>();
        this.tests.forEach((test, index) -> {
            switch (test) {
                case TextPredicate.In(var texts) -> add(wholes, texts, index);
                case TextPredicate.StartsWith(var texts) when TextAutomaton.canHold(texts) -> add(prefixes, texts, index);
                case TextPredicate.EndsWith(var texts) when TextAutomaton.canHold(texts) -> add(suffixes, texts, index);
                case TextPredicate.Contains(var texts) when TextAutomaton.canHold(texts) -> add(inner, texts, index);
                default -> alone.add(new Alone(TextPredicates.compile(test), index));
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

    private static void add(Map<String, int[]> patterns, Set<String> texts, int test) {
        for (String text : texts) {
            patterns.merge(text, new int[] {test}, TextTable::append);
        }
    }

    private static int[] append(int[] tests, int[] more) {
        int[] both = Arrays.copyOf(tests, tests.length + more.length);
        System.arraycopy(more, 0, both, tests.length, more.length);
        return both;
    }

    /// Whether a table can answer `test`.
    public static boolean answers(TextPredicate test) {
        return switch (test) {
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
    public ValueExpression.Slot source() {
        return source;
    }

    /// Whether all events of a process give the same answers.
    public boolean ofProcess() {
        return ofProcess;
    }

    /// Process predicate number of the first test.
    public int firstPredicate() {
        return firstPredicate;
    }

    /// Number of tests.
    public int size() {
        return tests.size();
    }

    /// Index of `test`; -1: it is not here.
    public int indexOf(TextPredicate test) {
        return tests.getOrDefault(test, -1);
    }

    /// Reports the tests that `value` satisfies.
    public void match(String value, MatchedPredicates hits) {
        values.find(value, hits);
        starts.prefixes(value, hits);
        ends.suffixes(value, hits);
        if (hasParts) {
            parts.parts(value, hits);
        }
        for (int i = 0; i < alone.size(); i++) {
            Alone one = alone.get(i);
            if (one.predicate.test(value)) {
                hits.add(one.test);
            }
        }
    }
}
