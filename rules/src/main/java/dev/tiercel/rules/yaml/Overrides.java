package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.ProblemException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/// The `override` of an item.
///
/// @param append keys to append to
/// @param replace keys to replace
/// @param named all keys that have an entry, valid or not
record Overrides(Set<String> append, Set<String> replace, Set<String> named) {

    boolean isEmpty() {
        return named.isEmpty();
    }

    /// Reads the overrides of an item; empty if there are none. Invalid entries are reported.
    static Overrides read(
            MappingReader reader, ReportingReader reporting, Set<String> appendable, Set<String> replaceable)
            throws ProblemException {
        Overrides overrides = new Overrides(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        Yaml value = reader.get("override");
        if (value == null || value instanceof Yaml.Scalar || isEmptyList(value)) {
            return overrides; // as in Falco
        }
        if (!(value instanceof Yaml.Mapping mapping)) {
            throw MappingReader.invalid("Value of override must be a mapping", value.position());
        }
        for (Yaml.Entry entry : mapping.entries()) {
            overrides.named.add(entry.key().value());
            reporting.run(() -> overrides.add(entry, appendable, replaceable));
        }
        return overrides;
    }

    private static boolean isEmptyList(Yaml value) {
        return value instanceof Yaml.Sequence(List<Yaml> items, var position) && items.isEmpty();
    }

    private void add(Yaml.Entry entry, Set<String> appendable, Set<String> replaceable) throws ProblemException {
        String key = entry.key().value();
        String operation = entry.value() instanceof Yaml.Scalar scalar ? scalar.value() : "";
        switch (operation) {
            case "append" -> {
                if (!appendable.contains(key)) {
                    throw MappingReader.invalid(
                            "Key '" + key + "' cannot be appended to, use 'replace' instead",
                            entry.key().position());
                }
                append.add(key);
            }
            case "replace" -> {
                if (!replaceable.contains(key)) {
                    throw MappingReader.invalid(
                            "Key '" + key + "' cannot be replaced", entry.key().position());
                }
                replace.add(key);
            }
            default -> {
                StringJoiner allowed = new StringJoiner(" ");
                if (appendable.contains(key)) {
                    allowed.add("append");
                }
                if (replaceable.contains(key)) {
                    allowed.add("replace");
                }
                throw MappingReader.invalid(
                        "Invalid override operation for key '" + key + "': '" + operation + "'. Allowed values are: "
                                + allowed,
                        entry.value().position());
            }
        }
    }
}
