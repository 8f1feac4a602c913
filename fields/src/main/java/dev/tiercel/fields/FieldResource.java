package dev.tiercel.fields;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Reads field definitions from a tab-separated resource: a line per field, below a line for its class.
public final class FieldResource {

    private static final String EVERY_SOURCE = "*";

    private final String name;
    private final List<FieldClass> classes = new ArrayList<>();
    private final List<FieldDefinition> fields = new ArrayList<>();
    private String[] heading = {};

    private FieldResource(String name) {
        this.name = name;
    }

    /// The field classes of a resource of this package, in file order.
    ///
    /// @throws IllegalStateException if a line is malformed: the resource is part of the program
    static List<FieldClass> read(String name) {
        FieldResource resource = new FieldResource(name);
        lines(name).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(resource::add);
        resource.closeClass();
        return resource.classes;
    }

    private void add(String line) {
        String[] columns = line.split("\t", -1);
        if (line.startsWith("[")) {
            closeClass();
            heading = requireColumns(columns, 3);
        } else {
            fields.add(field(requireColumns(columns, 7)));
        }
    }

    private void closeClass() {
        if (heading.length > 0) {
            String source = heading[2].equals(EVERY_SOURCE) ? "" : heading[2];
            classes.add(new FieldClass(heading[0].substring(1, heading[0].length() - 1), heading[1], source, fields));
        }
        fields.clear();
    }

    private String[] requireColumns(String[] columns, int count) {
        if (columns.length != count) {
            throw new IllegalStateException("%s: not %d columns: %s".formatted(name, count, Arrays.asList(columns)));
        }
        return columns;
    }

    private static FieldDefinition field(String[] columns) {
        boolean list = columns[1].endsWith("*");
        String type = list ? columns[1].substring(0, columns[1].length() - 1) : columns[1];
        return new FieldDefinition(
                columns[0],
                FieldType.valueOf(type),
                list,
                FieldArgument.valueOf(columns[2]),
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

    /// The lines of a resource of this package.
    public static List<String> lines(String resource) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(FieldResource.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + resource, e);
        }
    }
}
