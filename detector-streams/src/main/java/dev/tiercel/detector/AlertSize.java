package dev.tiercel.detector;

import dev.tiercel.rules.output.OutputField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps alerts below what a broker takes as one record (1 MiB), since one that it refuses would stop the stream
/// for ever.
final class AlertSize {
    private static final int WHOLE_CHARACTERS = 128 << 10;
    private static final int TEXT_CHARACTERS = 64 << 10;
    private static final int FIELD_CHARACTERS = 2 << 10;
    private static final int ELEMENTS = 20;
    private static final String CUT = "… (cut)";

    private AlertSize() {}

    /// The same detection, unless it has more than 128 Ki characters: then with text cut at 64 Ki, and each field
    /// at 2 Ki (20 elements of a list).
    static Detection bounded(Detection detection) {
        long size = detection.text().length();
        for (OutputField field : detection.fields()) {
            size += size(field.value());
        }
        if (size <= WHOLE_CHARACTERS) {
            return detection;
        }
        List<OutputField> fields = detection.fields().stream()
                .map(field -> new OutputField(field.name(), cut(field.value())))
                .toList();
        return new Detection(
                detection.id(),
                detection.rule(),
                detection.hostname(),
                detection.time(),
                cut(detection.text(), TEXT_CHARACTERS),
                fields,
                detection.events(),
                detection.evidenceComplete());
    }

    private static long size(@Nullable Object value) {
        return switch (value) {
            case String text -> text.length();
            case List<?> elements ->
                elements.stream().mapToLong(AlertSize::size).sum();
            case null, default -> 0;
        };
    }

    private static @Nullable Object cut(@Nullable Object value) {
        return switch (value) {
            case String text -> cut(text, FIELD_CHARACTERS);
            case List<?> elements ->
                elements.stream()
                        .limit(ELEMENTS)
                        .map(element -> cut(String.valueOf(element), FIELD_CHARACTERS / ELEMENTS))
                        .toList();
            case null, default -> value;
        };
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end) + CUT;
    }
}
