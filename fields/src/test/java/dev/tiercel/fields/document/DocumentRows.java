package dev.tiercel.fields.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.fields.FieldArgument;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Rows over documents of a source, for tests: what each field says of an event.
final class DocumentRows {

    private static final int MOST_ELEMENTS = 3;

    private final String source;

    DocumentRows(String source) {
        this.source = source;
    }

    /// The text of a field, written as in rules, of a document; null: absent.
    @Nullable
    String text(String field, String document) {
        DocumentRow row = row(FieldSlots.of(List.of(reference(field))), document);
        return row.text(0);
    }

    private FieldReference reference(String written) {
        int bracket = written.indexOf('[');
        String name = bracket < 0 ? written : written.substring(0, bracket);
        String argument = bracket < 0 ? "" : written.substring(bracket + 1, written.length() - 1);
        return new FieldReference(catalog().find(name).orElseThrow(), argument);
    }

    private FieldCatalog catalog() {
        return Objects.requireNonNull(FieldCatalog.bySource().get(source), source);
    }

    private DocumentRow row(FieldSlots slots, String document) {
        DocumentRow row = new DocumentRow(source, slots, ZoneOffset.UTC);
        byte[] json = document.getBytes(UTF_8);
        row.event(json, 0, json.length);
        return row;
    }

    /// A line for each field of the source's own that a document has a value for, also with each of a few indexes.
    ///
    /// @param arguments of fields that cannot be without, by name
    List<String> lines(String document, Map<String, List<String>> arguments) {
        List<String> lines = new ArrayList<>();
        catalog().only(group -> group.source().equals(source)).all().stream()
                .flatMap(field -> references(field, arguments).stream())
                .forEach(reference -> {
                    DocumentRow row = row(FieldSlots.of(List.of(reference)), document);
                    if (row.present(0)) {
                        lines.add(reference.text() + " = " + row.text(0));
                    }
                });
        return lines;
    }

    private static List<FieldReference> references(FieldDefinition field, Map<String, List<String>> arguments) {
        List<FieldReference> references = new ArrayList<>();
        if (!field.argument().required()) {
            references.add(new FieldReference(field, ""));
        }
        if (field.argument() == FieldArgument.OPTIONAL_INDEX) {
            for (int index = 0; index < MOST_ELEMENTS; index++) {
                references.add(new FieldReference(field, Integer.toString(index)));
            }
        }
        arguments
                .getOrDefault(field.name(), List.of())
                .forEach(argument -> references.add(new FieldReference(field, argument)));
        return references;
    }
}
