package dev.tiercel.fields.document;

import dev.tiercel.fields.FieldReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Which source has which fields: the table of all sources whose events are documents.
final class DocumentExtractors {

    private static final List<DocumentFields> SOURCES = List.of(
            new K8sAuditFields(),
            new CloudTrailFields(),
            new OktaFields(),
            new GithubFields(),
            new GcpAuditFields(),
            new JsonFields());

    private final DocumentFields fields;
    private final Map<String, Function<FieldReference, DocumentExtractor>> byField;

    private DocumentExtractors(DocumentFields fields) {
        this.fields = fields;
        Builder all = new Builder();
        all.addAll(new DocumentEventFields(fields).extractors());
        all.addAll(JsonFields.ofEverySource(fields));
        all.addAll(fields.extractors());
        byField = all.build();
    }

    /// The fields of a source; one that is not in the table has those of any JSON.
    static DocumentExtractors of(String source) {
        return new DocumentExtractors(SOURCES.stream()
                .filter(known -> known.source().equals(source))
                .findFirst()
                .orElseGet(JsonFields::new));
    }

    /// The sources of the table.
    static List<String> sources() {
        return SOURCES.stream().map(DocumentFields::source).toList();
    }

    /// What is particular to the source.
    DocumentFields fields() {
        return fields;
    }

    /// The extractor of a field with its argument. A field that the source does not have is always absent.
    DocumentExtractor of(FieldReference reference) {
        Function<FieldReference, DocumentExtractor> factory =
                byField.get(reference.field().name());
        return factory == null ? _ -> null : factory.apply(reference);
    }

    /// Whether there is an extractor for the field with this name.
    boolean has(String field) {
        return byField.containsKey(field);
    }

    /// Collects the extractors of a group of fields; a field has one extractor.
    static final class Builder {

        private final Map<String, Function<FieldReference, DocumentExtractor>> byField = new HashMap<>();

        void add(String field, DocumentExtractor extractor) {
            make(field, _ -> extractor);
        }

        /// Adds a field whose extractor depends on its argument.
        void make(String field, Function<FieldReference, DocumentExtractor> factory) {
            if (byField.put(field, factory) != null) {
                throw new IllegalStateException("two extractors for " + field);
            }
        }

        /// Adds a field that is the text of the value at a path of the document.
        void text(String field, String... path) {
            JsonPath way = JsonPath.of(path);
            add(field, event -> event.text(way));
        }

        /// Adds a field that is what the string at a path of the document says; absent, if there is none.
        void string(String field, String... path) {
            JsonPath way = JsonPath.of(path);
            add(field, event -> event.string(way));
        }

        /// Adds a field that is the JSON at a path of the document.
        void json(String field, String... path) {
            JsonPath way = JsonPath.of(path);
            add(field, event -> event.json(way));
        }

        void addAll(Map<String, Function<FieldReference, DocumentExtractor>> group) {
            group.forEach(this::make);
        }

        Map<String, Function<FieldReference, DocumentExtractor>> build() {
            return Map.copyOf(byField);
        }
    }
}
