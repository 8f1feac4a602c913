package dev.tiercel.fields.document;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.syscall.Moments;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Class evt, as far as events of every source have it: number, times, where the event is from.
final class DocumentEventFields {

    private static final long NANOS = 1_000_000_000L;

    private final DocumentFields fields;
    private final DocumentExtractors.Builder extractors = new DocumentExtractors.Builder();

    DocumentEventFields(DocumentFields fields) {
        this.fields = fields;
    }

    /// The extractors of this class, by field.
    Map<String, Function<FieldReference, DocumentExtractor>> extractors() {
        extractors.add("evt.num", CurrentDocument::number);
        extractors.add("evt.source", event -> event.source() == null ? fields.source() : event.source());
        extractors.add("evt.hostname", event -> Objects.requireNonNullElse(event.origin(), ""));
        extractors.add("evt.pluginname", _ -> fields.plugin());
        extractors.add("evt.plugininfo", fields::line);
        extractors.add("evt.is_async", _ -> 0L);
        times();
        return extractors.build();
    }

    private void times() {
        moment("evt.time", Moments::time);
        moment("evt.time.s", Moments::timeSeconds);
        moment("evt.time.iso8601", (nanos, _) -> Moments.iso8601(nanos));
        moment("evt.datetime", Moments::dateTime);
        moment("evt.datetime.s", Moments::dateTimeSeconds);
        moment("evt.rawtime", (nanos, _) -> nanos);
        moment("evt.rawtime.s", (nanos, _) -> Math.floorDiv(nanos, NANOS));
        moment("evt.rawtime.ns", (nanos, _) -> Math.floorMod(nanos, NANOS));
    }

    @FunctionalInterface
    private interface Form {
        Object of(long nanos, ZoneId zone);
    }

    private void moment(String field, Form form) {
        extractors.add(field, event -> {
            Long nanos = moment(fields, event);
            return nanos == null ? null : form.of(nanos, event.zone());
        });
    }

    /// When the event happened, in nanoseconds since the epoch: as its header says, or else its document; null:
    /// neither does.
    static @Nullable Long moment(DocumentFields fields, CurrentDocument event) {
        return event.time() != 0 ? (Long) event.time() : fields.moment(event);
    }
}
