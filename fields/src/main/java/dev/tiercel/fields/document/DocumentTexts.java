package dev.tiercel.fields.document;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.json.BadEventException;
import dev.tiercel.schemas.BadRecordException;
import java.util.Map;
import java.util.Optional;

/// Finds the events in a text of JSON: a document of its source, a list of them, or what a source delivers together
/// (the `items` of an `EventList`, the `Records` of CloudTrail). Not thread-safe.
public final class DocumentTexts {

    /// Receives the bytes of a document.
    @FunctionalInterface
    public interface Handler {
        void document(byte[] json, int from, int length);
    }

    /// How events of a source are recognised.
    ///
    /// @param list member that holds several; empty: they come without
    /// @param required member that every event has; empty: none
    private record Shape(String list, String required) {}

    private static final Shape ANY = new Shape("", "");
    private static final Map<String, Shape> SHAPES = Map.of(
            "k8s_audit", new Shape("items", "auditID"),
            "aws_cloudtrail", new Shape("Records", ""));

    private final JsonDocument text = new JsonDocument();
    private final Optional<FieldCatalog> catalog;
    private final Shape shape;

    /// @param source of the events, as rules name it
    public DocumentTexts(String source) {
        catalog = Optional.ofNullable(FieldCatalog.bySource().get(source));
        shape = SHAPES.getOrDefault(source, ANY);
    }

    /// Passes on the documents in a text; false: it is an event of fields and values instead, which any member shows
    /// that is called like a field of the source.
    ///
    /// @throws BadEventException if it is not JSON, or something in it is no event; nothing has been passed on
    public boolean read(byte[] json, int from, int length, Handler handler) throws BadEventException {
        try {
            text.read(json, from, length);
        } catch (BadRecordException e) {
            throw new BadEventException(String.valueOf(e.getMessage()).replaceFirst("^[A-Z_]+: ", ""));
        }
        if (isOfFields(text.root())) {
            return false;
        }
        int first = text.is(text.root(), JsonDocument.Kind.ARRAY) ? text.firstChild(text.root()) : text.root();
        for (int node = first; node >= 0; node = text.next(node)) {
            require(node);
        }
        for (int node = first; node >= 0; node = text.next(node)) {
            pass(json, node, handler);
        }
        return true;
    }

    private boolean isOfFields(int object) {
        for (int node = text.firstChild(object); node >= 0; node = text.next(node)) {
            String name = text.name(node);
            if (name != null && isField(name)) {
                return true;
            }
        }
        return false;
    }

    private boolean isField(String written) {
        int bracket = written.indexOf('[');
        String name = bracket < 0 ? written : written.substring(0, bracket);
        return catalog.isPresent() && catalog.get().find(name).isPresent();
    }

    private int list(int node) {
        int list = shape.list().isEmpty() ? JsonDocument.NONE : text.member(node, shape.list());
        boolean several = text.is(list, JsonDocument.Kind.ARRAY)
                && (shape.required().isEmpty() || text.member(node, shape.required()) < 0);
        return several ? list : JsonDocument.NONE;
    }

    private void require(int node) throws BadEventException {
        int list = list(node);
        if (list < 0) {
            requireEvent(node);
        }
        for (int item = text.firstChild(list); item >= 0; item = text.next(item)) {
            requireEvent(item);
        }
    }

    private void requireEvent(int node) throws BadEventException {
        if (!text.is(node, JsonDocument.Kind.OBJECT)) {
            throw new BadEventException("not a JSON object");
        }
        if (!shape.required().isEmpty() && text.member(node, shape.required()) < 0) {
            throw new BadEventException("not an event of its source: there is no " + shape.required());
        }
    }

    private void pass(byte[] json, int node, Handler handler) {
        int list = list(node);
        if (list < 0) {
            handler.document(json, text.start(node), text.length(node));
        }
        for (int item = text.firstChild(list); item >= 0; item = text.next(item)) {
            handler.document(json, text.start(item), text.length(item));
        }
    }
}
