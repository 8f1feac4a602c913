package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.Json;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldClass;
import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldFlag;
import dev.tiercel.fields.FieldsDocument;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// Output formats of `rules fields`.
enum FieldsFormat {
    /// A line per field.
    TEXT {
        @Override
        String print(FieldCatalog fields) {
            return lines(fields, (group, field) -> text(field));
        }
    },
    /// A JSON object per field.
    JSON {
        @Override
        String print(FieldCatalog fields) {
            return lines(fields, FieldsFormat::json);
        }
    },
    /// One document: docs/fields.md.
    MARKDOWN {
        @Override
        String print(FieldCatalog fields) {
            return FieldsDocument.markdown(fields);
        }
    };

    /// The fields, with a line feed after each line.
    abstract String print(FieldCatalog fields);

    private static String lines(FieldCatalog fields, BiFunction<FieldClass, FieldDefinition, String> line) {
        return fields.classes().stream()
                .flatMap(group -> group.fields().stream().map(field -> line.apply(group, field) + "\n"))
                .collect(Collectors.joining());
    }

    private static String text(FieldDefinition field) {
        String remarks = FieldsDocument.remarks(field).stream()
                .map(remark -> " " + remark + ".")
                .collect(Collectors.joining());
        return "%-34s %-14s %s%s"
                .formatted(
                        field.name() + FieldsDocument.argument(field),
                        FieldsDocument.type(field),
                        field.description(),
                        remarks);
    }

    private static String json(FieldClass group, FieldDefinition field) {
        return new Json()
                .put("name", field.name())
                .put("class", group.name())
                .put("source", group.source())
                .put("type", field.type().name().toLowerCase(Locale.ROOT))
                .put("list", field.list())
                .put("argument", field.argument().name().toLowerCase(Locale.ROOT))
                .put("supplied", field.supplied())
                .put("deprecated", field.is(FieldFlag.DEPRECATED))
                .put("condition", !field.is(FieldFlag.PRINT_ONLY))
                .put("output", !field.is(FieldFlag.FILTER_ONLY))
                .put("description", field.description())
                .line();
    }
}
