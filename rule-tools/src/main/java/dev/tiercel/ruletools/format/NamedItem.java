package dev.tiercel.ruletools.format;

import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.yaml.MappingReader;
import dev.tiercel.rules.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A rule or correlation as it is written: a definition, or what changes one.
///
/// @param file index of its file
record NamedItem(int file, String name, Yaml.Mapping mapping) {
    private static final Set<String> KINDS = Set.of("rule", "correlation");

    /// Those of `documents`, in order.
    static List<NamedItem> of(int file, List<Yaml> documents) {
        List<NamedItem> items = new ArrayList<>();
        for (Yaml document : documents) {
            if (document instanceof Yaml.Sequence sequence) {
                sequence.items().forEach(item -> add(file, item, items));
            }
        }
        return items;
    }

    private static void add(int file, Yaml item, List<NamedItem> items) {
        String name = name(item);
        if (item instanceof Yaml.Mapping mapping && !name.isEmpty()) items.add(new NamedItem(file, name, mapping));
    }

    /// Empty: neither a rule nor a correlation.
    private static String name(Yaml item) {
        if (item instanceof Yaml.Mapping mapping) {
            for (Yaml.Entry entry : mapping.entries()) {
                boolean named = KINDS.contains(entry.key().value());
                if (named && entry.value() instanceof Yaml.Scalar name) return name.value();
            }
        }
        return "";
    }

    /// `documents` without what makes `name` a shadow, for comparisons.
    static List<Yaml> live(List<Yaml> documents, String name) {
        return documents.stream().map(document -> live(document, name)).toList();
    }

    private static Yaml live(Yaml node, String name) {
        return switch (node) {
            case Yaml.Sequence(var items, SourcePosition position) -> new Yaml.Sequence(live(items, name), position);
            case Yaml.Mapping mapping when name(mapping).equals(name) -> withoutShadow(mapping);
            default -> node;
        };
    }

    private static Yaml.Mapping withoutShadow(Yaml.Mapping mapping) {
        List<Yaml.Entry> others = mapping.entries().stream()
                .filter(entry -> !entry.key().value().equals("shadow"))
                .toList();
        return new Yaml.Mapping(others, mapping.position());
    }

    /// Neither appended to another nor an override of one.
    boolean definition() {
        return !mapping.has("override") && !truth("append");
    }

    boolean shadow() {
        return truth("shadow");
    }

    boolean sets(String key) {
        return mapping.has(key);
    }

    /// The first entry with `key`, which it has.
    Yaml.Entry entry(String key) {
        return mapping.entries().stream()
                .filter(entry -> entry.key().value().equals(key))
                .findFirst()
                .orElseThrow();
    }

    SourcePosition position() {
        return mapping.position();
    }

    private boolean truth(String key) {
        return mapping.get(key) instanceof Yaml.Scalar scalar
                && MappingReader.truth(scalar.value()).orElse(false);
    }
}
