package dev.tiercel.rules.field;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Every field that rules may name, by name. Immutable; read once from the resource `fields.tsv`.
public final class FieldCatalog {

    private static final FieldCatalog SYSCALL = load("fields.tsv");

    private final Map<String, FieldDefinition> byName;
    private final Map<String, List<FieldDefinition>> byClass;

    private FieldCatalog(Map<String, FieldDefinition> byName, Map<String, List<FieldDefinition>> byClass) {
        this.byName = byName;
        this.byClass = byClass;
    }

    /// The catalogue of system calls; fields of other sources are in it too, as not supplied.
    public static FieldCatalog syscall() {
        return SYSCALL;
    }

    /// The field called exactly `name`, without argument.
    public Optional<FieldDefinition> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// All fields, by class, in the order of the documentation.
    public Collection<FieldDefinition> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /// Title of a class of fields (`Users`) to its fields, in the order of the documentation.
    public Map<String, List<FieldDefinition>> classes() {
        return Collections.unmodifiableMap(byClass);
    }

    /// The catalogue as a Markdown document: a table per class.
    public String markdown() {
        StringBuilder out = new StringBuilder("# Fields\n");
        byClass.forEach((title, fields) -> {
            out.append("\n## ").append(title).append("\n\n");
            out.append("| field | type | argument | what it is |\n|---|---|---|---|\n");
            fields.forEach(field -> out.append(row(field)).append('\n'));
        });
        return out.toString();
    }

    private static String row(FieldDefinition field) {
        return "| `%s` | %s | %s | %s%s |"
                .formatted(field.name(), type(field), argument(field), field.description(), remarks(field));
    }

    private static String type(FieldDefinition field) {
        String name = field.type().name().toLowerCase(Locale.ROOT);
        return field.list() ? "list of " + name : name;
    }

    private static String argument(FieldDefinition field) {
        String form = field.is(FieldFlag.DOT_ARGUMENT) ? ".name" : "[name]";
        return switch (field.argument()) {
            case NONE -> "";
            case OPTIONAL_INDEX -> "optional [n]";
            case OPTIONAL_KEY -> "optional " + form;
            case OPTIONAL_ANY -> "optional " + form + " or [n]";
            case REQUIRED_INDEX -> "[n]";
            case REQUIRED_KEY -> form;
            case REQUIRED_ANY -> form + " or [n]";
        };
    }

    private static String remarks(FieldDefinition field) {
        StringBuilder out = new StringBuilder();
        if (field.is(FieldFlag.DEPRECATED)) {
            out.append(" *Deprecated.*");
        }
        if (field.is(FieldFlag.FILTER_ONLY)) {
            out.append(" *Only in conditions.*");
        }
        if (field.is(FieldFlag.PRINT_ONLY)) {
            out.append(" *Only in outputs.*");
        }
        if (!field.supplied()) {
            out.append(" *Known, not yet supplied.*");
        }
        return out.toString();
    }

    private static FieldCatalog load(String resource) {
        Map<String, FieldDefinition> byName = new LinkedHashMap<>();
        Map<String, List<FieldDefinition>> byClass = new LinkedHashMap<>();
        List<FieldDefinition> current = new ArrayList<>();
        for (String line : lines(resource)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                current = new ArrayList<>();
                byClass.put(line.substring(1, line.indexOf(']')), current);
                continue;
            }
            FieldDefinition field = definition(line);
            if (byName.put(field.name(), field) != null) {
                throw new IllegalStateException("twice in " + resource + ": " + field.name());
            }
            current.add(field);
        }
        return new FieldCatalog(byName, byClass);
    }

    private static FieldDefinition definition(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != 7) {
            throw new IllegalStateException("not 7 columns: " + line);
        }
        boolean list = columns[1].endsWith("*");
        String type = list ? columns[1].substring(0, columns[1].length() - 1) : columns[1];
        return new FieldDefinition(
                columns[0],
                FieldType.valueOf(type),
                list,
                ArgumentKind.valueOf(columns[2]),
                columns[6],
                Scope.valueOf(columns[3]),
                columns[4].equals("yes"),
                flags(columns[5]));
    }

    private static Set<FieldFlag> flags(String column) {
        Set<FieldFlag> flags = EnumSet.noneOf(FieldFlag.class);
        if (!column.equals("-")) {
            Arrays.stream(column.split(",")).map(FieldFlag::valueOf).forEach(flags::add);
        }
        return flags;
    }

    /// Lines of a resource beside this class.
    static List<String> lines(String resource) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(FieldCatalog.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + resource, e);
        }
    }
}
