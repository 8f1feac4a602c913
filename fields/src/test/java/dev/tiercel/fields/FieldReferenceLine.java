package dev.tiercel.fields;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the reference and our catalogue both say of a field, in the same words.
///
/// @param argument `none`, or `optional` or `required` and what it may be
/// @param flags those that Falco has too
record FieldReferenceLine(String group, String name, String type, String argument, Set<String> flags) {

    private static final Set<FieldFlag> FALCOS_FLAGS = Set.of(
            FieldFlag.DEPRECATED,
            FieldFlag.FILTER_ONLY,
            FieldFlag.NO_RHS,
            FieldFlag.NO_TRANSFORMER,
            FieldFlag.OUTPUT_SUGGESTED,
            FieldFlag.PRINT_ONLY);

    private static final Map<String, String> TYPES = Map.of("bytes", "bytebuf", "list<string>", "list of string");

    /// Of a line of `falco-fields.tsv`: class, field, type, arg, …, flags.
    static FieldReferenceLine of(String[] columns) {
        String type = columns[2].replaceFirst("\\(.*", "");
        Set<String> flags = Arrays.stream(columns[9].split(","))
                .filter(flag -> !flag.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        return new FieldReferenceLine(
                group(columns[0]), columns[1], TYPES.getOrDefault(type, type), argument(columns[3]), flags);
    }

    static FieldReferenceLine of(FieldClass group, FieldDefinition field) {
        Set<String> flags = field.flags().stream()
                .filter(FALCOS_FLAGS::contains)
                .map(FieldFlag::name)
                .collect(Collectors.toCollection(TreeSet::new));
        String argument = field.argument().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new FieldReferenceLine(group.name(), field.name(), FieldsDocument.type(field), argument, flags);
    }

    /// `ka (k8saudit plugin)` is our class `ka`.
    private static String group(String title) {
        return title.startsWith("json/") ? "json" : title.split(" ", 2)[0];
    }

    /// `optional [level]`, `required .name or [index]`, `required index/key`, `required key` … A moment is a number
    /// too large for an index.
    private static String argument(String text) {
        if (text.equals("none")) {
            return text;
        }
        String form = text.substring(text.indexOf(' ') + 1);
        boolean index = form.matches(".*(index|level|\\[fd|rawtime).*");
        boolean key = form.matches(".*(NAME|key|name|src|subsystem|rawtime).*");
        return text.split(" ", 2)[0] + (index && key ? " any" : index ? " index" : " key");
    }
}
