package dev.tiercel.fields.document;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldReference;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of any JSON: class json.
final class JsonFields implements DocumentFields {

    @Override
    public String source() {
        return FieldCatalog.JSON;
    }

    @Override
    public String plugin() {
        return "json";
    }

    @Override
    public Map<String, Function<FieldReference, DocumentExtractor>> extractors() {
        return Map.of();
    }

    /// The extractors of class json for events of `source`, by field.
    static Map<String, Function<FieldReference, DocumentExtractor>> ofEverySource(DocumentFields source) {
        DocumentExtractors.Builder fields = new DocumentExtractors.Builder();
        for (String prefix : List.of("json.", "jevt.")) {
            fields.make(prefix + "value", reference -> {
                JsonPath way = JsonPath.pointer(reference.argument());
                return event -> event.written(way);
            });
            fields.add(prefix + "obj", JsonFields::whole);
            fields.add(prefix + "rawtime", event -> {
                Long nanos = DocumentEventFields.moment(source, event);
                return nanos == null ? null : nanos.toString();
            });
        }
        return fields.build();
    }

    private static @Nullable String whole(CurrentDocument event) {
        JsonDocument document = event.document();
        return document.indented(document.root());
    }

    @Override
    public @Nullable Long moment(CurrentDocument event) {
        return null;
    }

    @Override
    public @Nullable String line(CurrentDocument event) {
        return null;
    }
}
