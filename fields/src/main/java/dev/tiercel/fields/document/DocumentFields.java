package dev.tiercel.fields.document;

import dev.tiercel.fields.FieldReference;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What is particular to the events of one source. Stateless.
interface DocumentFields {

    /// The source, as rules name it: `k8s_audit`.
    String source();

    /// The plugin of Falco that the source's events come from: `k8saudit`.
    String plugin();

    /// The extractors of the source's own fields, by field; each is made for a field with its argument.
    Map<String, Function<FieldReference, DocumentExtractor>> extractors();

    /// When the event happened, as its document says, in nanoseconds since the epoch; null: it does not.
    @Nullable
    Long moment(CurrentDocument event);

    /// The event in one line, as Falco's plugin puts it: its document, unless the plugin has a summary; null: there is
    /// none.
    @Nullable
    default String line(CurrentDocument event) {
        JsonDocument document = event.document();
        return document.raw(document.root());
    }

    /// Told of each event when a row moves to it, whether or not a field is asked for: for fields that depend on the
    /// events before. Must not read the document of an event that its header shows to be of no interest.
    default void seen(CurrentDocument event) {}
}
