package dev.tiercel.rules.ir;

import dev.tiercel.schemas.EventType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Merges the terms of a disjunction that compare the same value with constants: one set lookup instead of many
/// comparisons.
final class Merging {

    private Merging() {}

    /// Terms equivalent to `terms`, in the order of first occurrence.
    static List<Ir> merge(List<Ir> terms) {
        if (terms.size() < 2) {
            return terms;
        }
        Map<Object, List<Ir>> alike = new LinkedHashMap<>();
        for (Ir term : terms) {
            alike.computeIfAbsent(key(term), absent -> new ArrayList<>(1)).add(term);
        }
        List<Ir> merged = new ArrayList<>(alike.size());
        alike.values().forEach(same -> merged.add(same.size() == 1 ? same.getFirst() : union(same)));
        return merged;
    }

    private record Key(ValueExpression operand, Class<?> test) {}

    private static Object key(Ir term) {
        return switch (term) {
            case Ir.TextIs(ValueExpression operand, TextPredicate predicate)
            when mergeable(predicate) -> new Key(operand, predicate.getClass());
            case Ir.NumberIs(ValueExpression operand, NumberPredicate.In predicate) ->
                new Key(operand, NumberPredicate.In.class);
            case Ir.BytesAre(ValueExpression operand, BytesPredicate.In predicate) ->
                new Key(operand, BytesPredicate.In.class);
            case Ir.EventIs event -> Ir.EventIs.class;
            case Ir.Elements(ValueExpression operand, boolean every, TextPredicate.In predicate)
            when !every -> new Key(operand, Ir.Elements.class);
            default -> term;
        };
    }

    private static boolean mergeable(TextPredicate predicate) {
        return switch (predicate) {
            case TextPredicate.In t -> true;
            case TextPredicate.Contains t -> true;
            case TextPredicate.StartsWith t -> true;
            case TextPredicate.EndsWith t -> true;
            case TextPredicate.Below t -> true;
            case TextPredicate.Order t -> false;
            case TextPredicate.ContainsFolded t -> false;
            case TextPredicate.Glob t -> false;
            case TextPredicate.Matches t -> false;
            case TextPredicate.AsNumber t -> false;
        };
    }

    /// One term for all with the same key, built at once: merging one by one would copy the constants repeatedly.
    private static Ir union(List<Ir> terms) {
        return switch (terms.getFirst()) {
            case Ir.TextIs(ValueExpression operand, TextPredicate predicate) ->
                new Ir.TextIs(operand, union(predicate, terms));
            case Ir.NumberIs(ValueExpression operand, NumberPredicate.In predicate) ->
                new Ir.NumberIs(operand, new NumberPredicate.In(collect(terms, Merging::numbers)));
            case Ir.BytesAre(ValueExpression operand, BytesPredicate.In predicate) ->
                new Ir.BytesAre(operand, new BytesPredicate.In(collect(terms, Merging::bytes)));
            case Ir.Elements(ValueExpression operand, boolean every, TextPredicate.In predicate) ->
                new Ir.Elements(operand, false, new TextPredicate.In(collect(terms, Merging::texts)));
            case Ir.EventIs event ->
                Ir.eventIs(
                        collect(terms, Merging::types),
                        Ir.or(terms.stream().map(Merging::other).toList()));
            default -> terms.getFirst();
        };
    }

    private static TextPredicate union(TextPredicate first, List<Ir> terms) {
        Set<String> texts = collect(terms, Merging::texts);
        return switch (first) {
            case TextPredicate.In in -> new TextPredicate.In(texts);
            case TextPredicate.Contains contains -> new TextPredicate.Contains(texts);
            case TextPredicate.StartsWith prefixes -> new TextPredicate.StartsWith(texts);
            case TextPredicate.EndsWith suffixes -> new TextPredicate.EndsWith(texts);
            case TextPredicate.Below below -> new TextPredicate.Below(List.copyOf(texts));
            case TextPredicate.Order predicate -> predicate;
            case TextPredicate.ContainsFolded predicate -> predicate;
            case TextPredicate.Glob predicate -> predicate;
            case TextPredicate.Matches predicate -> predicate;
            case TextPredicate.AsNumber predicate -> predicate;
        };
    }

    private static <T> Set<T> collect(List<Ir> terms, Function<Ir, Collection<T>> constants) {
        Set<T> all = new HashSet<>();
        terms.forEach(term -> all.addAll(constants.apply(term)));
        return all;
    }

    private static Collection<String> texts(Ir term) {
        TextPredicate predicate = switch (term) {
            case Ir.TextIs is -> is.predicate();
            case Ir.Elements elements -> elements.predicate();
            default -> throw new IllegalStateException("not of texts: " + term);
        };
        return switch (predicate) {
            case TextPredicate.In(var values) -> values;
            case TextPredicate.Contains(var parts) -> parts;
            case TextPredicate.StartsWith(var prefixes) -> prefixes;
            case TextPredicate.EndsWith(var suffixes) -> suffixes;
            case TextPredicate.Below(var paths) -> paths;
            default -> throw new IllegalStateException("not mergeable: " + predicate);
        };
    }

    private static Collection<Long> numbers(Ir term) {
        return term instanceof Ir.NumberIs(ValueExpression operand, NumberPredicate.In(var values))
                ? values
                : List.of();
    }

    private static Collection<ByteString> bytes(Ir term) {
        return term instanceof Ir.BytesAre(ValueExpression operand, BytesPredicate.In(var values)) ? values : List.of();
    }

    private static Collection<EventType> types(Ir term) {
        return term instanceof Ir.EventIs(var types, Ir other) ? types : List.of();
    }

    private static Ir other(Ir term) {
        return term instanceof Ir.EventIs(var types, Ir other) ? other : Ir.Constant.FALSE;
    }
}
