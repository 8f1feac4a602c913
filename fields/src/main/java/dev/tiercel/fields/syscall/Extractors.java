package dev.tiercel.fields.syscall;

import dev.tiercel.fields.FieldReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The extractors of all fields supplied by system-call events, by field name.
final class Extractors {

    private static final Map<String, Function<FieldReference, Extractor>> BY_FIELD = Builder.join(List.of(
            EventFields.extractors(),
            ProcessFields.extractors(),
            DescriptorFields.extractors(),
            ContainerFields.extractors(),
            KubernetesFields.extractors(),
            ExecFields.extractors(),
            CloudFields.extractors()));

    private Extractors() {}

    /// The extractor of a field with its argument. A field that is not supplied is always absent.
    static Extractor of(FieldReference reference) {
        Function<FieldReference, Extractor> factory =
                BY_FIELD.get(reference.field().name());
        return factory == null ? Extractor.absent() : factory.apply(reference);
    }

    /// Whether there is an extractor for the field with this name.
    static boolean has(String field) {
        return BY_FIELD.containsKey(field);
    }

    /// Collects the extractors of a group of fields; a field has one extractor.
    static final class Builder {

        private final Map<String, Function<FieldReference, Extractor>> byField = new HashMap<>();

        void add(String field, Extractor extractor) {
            add(field, _ -> extractor);
        }

        void add(String field, Function<FieldReference, Extractor> factory) {
            if (byField.put(field, factory) != null) {
                throw new IllegalStateException("two extractors for " + field);
            }
        }

        void number(String field, Extractor.NumberReader reader) {
            add(field, Extractor.number(reader));
        }

        void flag(String field, Extractor.NumberReader reader) {
            add(field, Extractor.flag(reader));
        }

        void text(String field, Extractor.TextReader reader) {
            add(field, Extractor.text(reader));
        }

        Map<String, Function<FieldReference, Extractor>> build() {
            return Map.copyOf(byField);
        }

        private static Map<String, Function<FieldReference, Extractor>> join(
                List<Map<String, Function<FieldReference, Extractor>>> groups) {
            Builder all = new Builder();
            groups.forEach(group -> group.forEach(all::add));
            return all.build();
        }
    }
}
