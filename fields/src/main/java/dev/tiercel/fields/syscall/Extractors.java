package dev.tiercel.fields.syscall;

import dev.tiercel.fields.FieldReference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// The extractors of all fields supplied by system-call events, by field name.
final class Extractors {

    private static final Map<String, Function<FieldReference, Extractor>> BY_FIELD = new HashMap<>();

    static {
        EventFields.register();
        ProcessFields.register();
        DescriptorFields.register();
        ContainerFields.register();
    }

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

    static void add(String field, Extractor extractor) {
        add(field, _ -> extractor);
    }

    static void add(String field, Function<FieldReference, Extractor> factory) {
        if (BY_FIELD.put(field, factory) != null) {
            throw new IllegalStateException("two extractors for " + field);
        }
    }

    static void number(String field, Extractor.NumberReader reader) {
        add(field, Extractor.number(reader));
    }

    static void flag(String field, Extractor.NumberReader reader) {
        add(field, Extractor.flag(reader));
    }

    static void text(String field, Extractor.TextReader reader) {
        add(field, Extractor.text(reader));
    }
}
