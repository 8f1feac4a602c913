package dev.tiercel.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Merges the terms of a disjunction that test the same value for one of several constants: one look in a set instead
/// of many comparisons.
final class Merging {

    private Merging() {}

    /// Equivalent to `terms`, in the order of first mention.
    static List<Ir> merge(List<Ir> terms) {
        if (terms.size() < 2) {
            return terms;
        }
        Map<Object, Ir> merged = new LinkedHashMap<>();
        for (Ir term : terms) {
            merged.merge(key(term), term, Merging::union);
        }
        return new ArrayList<>(merged.values());
    }

    private record Key(Source source, Class<?> test) {}

    private static Object key(Ir term) {
        return switch (term) {
            case Ir.TextIs(Source source, TextTest test) when mergeable(test) -> new Key(source, test.getClass());
            case Ir.NumberIs(Source source, NumberTest.In test) -> new Key(source, NumberTest.In.class);
            case Ir.BytesAre(Source source, BytesTest.In test) -> new Key(source, BytesTest.In.class);
            case Ir.EventIs event -> Ir.EventIs.class;
            case Ir.Elements(Source source, boolean every, TextTest.In test)
            when !every -> new Key(source, Ir.Elements.class);
            default -> term;
        };
    }

    private static boolean mergeable(TextTest test) {
        return switch (test) {
            case TextTest.In t -> true;
            case TextTest.Contains t -> true;
            case TextTest.StartsWith t -> true;
            case TextTest.EndsWith t -> true;
            case TextTest.Below t -> true;
            case TextTest.Order t -> false;
            case TextTest.ContainsFolded t -> false;
            case TextTest.Glob t -> false;
            case TextTest.Matches t -> false;
            case TextTest.AsNumber t -> false;
        };
    }

    private static Ir union(Ir first, Ir second) {
        if (first instanceof Ir.TextIs a && second instanceof Ir.TextIs b) {
            TextTest test = union(a.test(), b.test());
            return test == null ? a : new Ir.TextIs(a.source(), test);
        }
        if (first instanceof Ir.NumberIs(Source source, NumberTest.In a)
                && second instanceof Ir.NumberIs(Source same, NumberTest.In b)) {
            return new Ir.NumberIs(source, new NumberTest.In(union(a.values(), b.values())));
        }
        if (first instanceof Ir.BytesAre(Source source, BytesTest.In a)
                && second instanceof Ir.BytesAre(Source same, BytesTest.In b)) {
            Set<Bytes> values = new java.util.HashSet<>(a.values());
            values.addAll(b.values());
            return new Ir.BytesAre(source, new BytesTest.In(values));
        }
        if (first instanceof Ir.Elements(Source source, boolean every, TextTest.In a)
                && second instanceof Ir.Elements(Source same, boolean each, TextTest.In b)) {
            return new Ir.Elements(source, false, new TextTest.In(union(a.values(), b.values())));
        }
        if (first instanceof Ir.EventIs a && second instanceof Ir.EventIs b) {
            return new Ir.EventIs(union(a.types(), b.types()));
        }
        return first;
    }

    private static @Nullable TextTest union(TextTest first, TextTest second) {
        if (first instanceof TextTest.In a && second instanceof TextTest.In b) {
            return new TextTest.In(union(a.values(), b.values()));
        }
        if (first instanceof TextTest.Contains a && second instanceof TextTest.Contains b) {
            return new TextTest.Contains(union(a.parts(), b.parts()));
        }
        if (first instanceof TextTest.StartsWith a && second instanceof TextTest.StartsWith b) {
            return new TextTest.StartsWith(union(a.prefixes(), b.prefixes()));
        }
        if (first instanceof TextTest.EndsWith a && second instanceof TextTest.EndsWith b) {
            return new TextTest.EndsWith(union(a.suffixes(), b.suffixes()));
        }
        if (first instanceof TextTest.Below a && second instanceof TextTest.Below b) {
            List<String> paths = new ArrayList<>(a.paths());
            paths.addAll(b.paths());
            return new TextTest.Below(paths);
        }
        return null;
    }

    private static <T extends Comparable<T>> Set<T> union(Set<T> first, Set<T> second) {
        Set<T> union = new TreeSet<>(first);
        union.addAll(second);
        return union;
    }
}
