package dev.tiercel.detector;

import dev.tiercel.rules.output.OutputField;
import dev.tiercel.schemas.BadRecordException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/// Keeps alerts small enough for every broker: one that is refused would stop the stream for good.
///
/// All sizes are bytes of UTF-8. As JSON an alert can grow to six times its size, which is then still below the 1
/// MiB of `max.message.bytes`. Not thread-safe: each judge has its own.
final class AlertSize {
    /// Texts and fields together; an alert up to this size stays whole.
    static final int WHOLE = 64 << 10;

    private static final int TEXT = 16 << 10;
    private static final int FIELD = 2 << 10;
    private static final int FIELDS = 96 << 10;
    private static final int ELEMENTS = 20;
    private static final String CUT = "… (cut)";

    /// What the alerts of one batch may amount to: rendered, and as they are written. No collector makes such a
    /// batch; with more, its transaction would time out before the end, again and again.
    private static final long RENDERED = 3L << 30;

    private static final long WRITTEN = 64 << 20;

    private long rendered;
    private long written;

    /// Begins a batch.
    void begin() {
        rendered = 0;
        written = 0;
    }

    /// The detection, unchanged up to [#WHOLE] bytes; above that, with its text cut to 16 KiB and each field to 2
    /// KiB (lists to 20 elements).
    ///
    /// @throws BadRecordException if the alerts of the batch are too much; those before count
    Detection bounded(Detection detection) {
        long size = size(detection);
        Detection bounded = size <= WHOLE ? detection : cut(detection);
        rendered += size;
        written += size <= WHOLE ? size : size(bounded);
        if (rendered > RENDERED || written > WRITTEN) {
            throw new BadRecordException(
                    BadRecordException.Reason.EXCESSIVE,
                    "the batch raises alerts of %d MiB (rendered: %d MiB), more than any collector's; the rest of it is not judged"
                            .formatted(written >> 20, rendered >> 20));
        }
        return bounded;
    }

    private static long size(Detection detection) {
        long size = size(detection.text());
        for (OutputField field : detection.fields()) {
            size += size(field.name()) + size(field.value());
        }
        return size;
    }

    /// Of a text that is too long anyway the number of characters will do: counting bytes takes a millisecond a
    /// megabyte.
    private static long size(String text) {
        return text.length() > WHOLE ? text.length() : Utils.utf8Length(text);
    }

    private static long size(@Nullable Object value) {
        return switch (value) {
            case String text -> size(text);
            case List<?> elements ->
                elements.stream().mapToLong(AlertSize::size).sum();
            case null, default -> 0;
        };
    }

    private static Detection cut(Detection detection) {
        int limit = Math.min(FIELD, FIELDS / Math.max(1, detection.fields().size()));
        List<OutputField> fields = detection.fields().stream()
                .map(field -> new OutputField(field.name(), cut(field.value(), limit)))
                .toList();
        return new Detection(
                detection.id(),
                detection.rule(),
                detection.hostname(),
                detection.time(),
                cut(detection.text(), TEXT),
                fields,
                detection.events(),
                detection.evidenceComplete(),
                detection.revision(),
                detection.correlated());
    }

    private static @Nullable Object cut(@Nullable Object value, int limit) {
        return switch (value) {
            case String text -> cut(text, limit);
            case List<?> elements ->
                elements.stream()
                        .limit(ELEMENTS)
                        .map(element -> cut(String.valueOf(element), limit / ELEMENTS))
                        .toList();
            case null, default -> value;
        };
    }

    /// `text`, cut to at most `limit` bytes if it is longer.
    static String cut(String text, int limit) {
        if (text.length() <= limit && Utils.utf8Length(text) <= limit) {
            return text;
        }
        CharBuffer characters = CharBuffer.wrap(text);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(characters, ByteBuffer.allocate(limit), true); // as many whole characters as there is room for
        return text.substring(0, characters.position()) + CUT;
    }
}
