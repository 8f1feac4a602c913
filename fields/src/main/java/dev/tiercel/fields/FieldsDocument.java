package dev.tiercel.fields;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Generates docs/fields.md from a [FieldCatalog], and describes single fields.
public final class FieldsDocument {

    private FieldsDocument() {}

    /// The document about the fields of `catalog`: a table for each class.
    public static String markdown(FieldCatalog catalog) {
        StringBuilder out = new StringBuilder("""
                # Fields

                *Made by `tiercel rules fields --output markdown`; a test compares. Names, types and arguments are Falco's,
                except of fields that are *Tiercel only*, which rules for Falco must not use.*

                What follows a field's name is its argument: `[n]` a number, `[name]` a name or pattern, `.name` a name after a dot or in
                brackets. A field that is not supplied loads and evaluates as absent; so does any field that an event has no value for.
                Strings and paths are the bytes that the kernel has, UTF-8 or not, and are judged so; in outputs, what is not UTF-8 is U+FFFD.
                """);
        for (FieldClass group : catalog.classes()) {
            out.append("\n## ").append(group.title()).append("\n\n");
            out.append(sources(group)).append("\n\n");
            out.append("| field | type | what it is |\n|---|---|---|\n");
            for (FieldDefinition field : group.fields()) {
                out.append("| `%s%s` | %s | %s |\n"
                        .formatted(field.name(), argument(field), type(field), description(field)));
            }
        }
        return out.toString();
    }

    private static String sources(FieldClass group) {
        return group.source().isEmpty()
                ? "In rules of every source."
                : "In rules with `source: %s`.".formatted(group.source());
    }

    /// `list of string`.
    public static String type(FieldDefinition field) {
        String name = field.type().name().toLowerCase(Locale.ROOT);
        return field.list() ? "list of " + name : name;
    }

    /// The argument as it follows the name: `[n]`, `.name`, an optional one with a question mark; empty: none.
    public static String argument(FieldDefinition field) {
        String key = field.is(FieldFlag.DOT_ARGUMENT) ? ".name" : "[name]";
        return switch (field.argument()) {
            case NONE -> "";
            case OPTIONAL_INDEX -> "[n]?";
            case OPTIONAL_KEY -> key + "?";
            case OPTIONAL_ANY -> key + " or [n]?";
            case REQUIRED_INDEX -> "[n]";
            case REQUIRED_KEY -> key;
            case REQUIRED_ANY -> key + " or [n]";
        };
    }

    /// Description and remarks.
    private static String description(FieldDefinition field) {
        StringBuilder out = new StringBuilder(field.description());
        remarks(field).forEach(remark -> out.append(" *").append(remark).append(".*"));
        return out.toString();
    }

    /// Restrictions, each without full stop: `Only in conditions`.
    public static List<String> remarks(FieldDefinition field) {
        List<String> remarks = new ArrayList<>();
        if (field.is(FieldFlag.DEPRECATED)) {
            remarks.add("Deprecated");
        }
        if (field.is(FieldFlag.FILTER_ONLY)) {
            remarks.add("Only in conditions");
        }
        if (field.is(FieldFlag.PRINT_ONLY)) {
            remarks.add("Only in outputs");
        }
        if (!field.supplied()) {
            remarks.add(NotSupplied.reason(field.name())
                    .map(reason -> "Not supplied: " + reason)
                    .orElse("Not yet supplied"));
        }
        return remarks;
    }
}
